// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import IaC

@Suite struct EvaluationTests: Scanning {
  // MARK: Variables

  @Test func laterSourcesOfVariablesWin() throws {
    let files = [
      "main.tf": (1...7).map {
        "variable \"v\($0)\" {\n  type = string\n  default = \"default\"\n}\noutput \"o\($0)\" {\n  value = var.v\($0)\n}\n"
      }.joined(),
      "terraform.tfvars": "v3 = \"tfvars\"\nv4 = \"tfvars\"\nv5 = \"tfvars\"\nv6 = \"tfvars\"\nv7 = \"tfvars\"\n",
      "b.auto.tfvars": "v4 = \"b.auto\"\nv5 = \"b.auto\"\nv6 = \"b.auto\"\nv7 = \"b.auto\"\n",
      "a.auto.tfvars.json": "{\"v4\": \"a.auto\"}",
    ]
    var options = TerraformOptions()
    options.environment = ["TF_VAR_v2": "environment", "TF_VAR_v3": "environment"]
    options.variableFiles = [("given.tfvars", Array("v6 = \"file\"\nv7 = \"file\"\n".utf8))]
    options.variables = [("v7", "argument")]
    let result = try scan(files, options)
    let values = try (1...7).map { try output(result, "o\($0)").string }
    #expect(values == ["default", "environment", "tfvars", "b.auto", "b.auto", "file", "argument"])
  }

  @Test func aVariableWithoutAValueIsUnknownAndNamed() throws {
    let result = try scan([
      "main.tf": """
      variable "cidrs" {
        type = list(string)
      }
      resource "aws_security_group" "a" {
        name = "x-${length(var.cidrs)}"
        ingress {
          cidr_blocks = var.cidrs
        }
      }
      """
    ])
    let group = try resource(result, "aws_security_group.a")
    let cidrs = try #require(group.body.blocks("ingress").first?.value("cidr_blocks"))
    #expect(cidrs.unknown?.identity == Reference(.variable, "var.cidrs"))
    #expect(cidrs.type == .list(.string))
    #expect(group.body.value("name")?.sources == [Reference(.variable, "var.cidrs")])
    #expect(result.coverage.variablesWithoutValue.map(\.name) == ["cidrs"])
    #expect(result.diagnostics.isEmpty, "\(messages(result))")
  }

  @Test func validationsThatFailAreReported() throws {
    let result = try scan([
      "main.tf": """
      variable "n" {
        type    = number
        default = 3
        validation {
          condition     = var.n > 5
          error_message = "n is ${var.n}"
        }
      }
      """
    ])
    #expect(messages(result).first?.contains("main.tf:5:5: the value of the variable 'n' is not valid: n is 3") == true)
  }

  // MARK: Unknown values

  @Test func satellitesFindTheirResourceThoughItsNameIsUnknown() throws {
    let result = try scan([
      "main.tf": """
      resource "aws_s3_bucket" "b" {
        for_each = toset(["x", "y"])
        bucket_prefix = each.key
      }
      resource "aws_s3_bucket_public_access_block" "p" {
        for_each = aws_s3_bucket.b
        bucket = each.value.id
        block_public_acls = true
      }
      resource "aws_s3_bucket" "c" {
        count = var.on ? 1 : 0
      }
      variable "on" { type = bool }
      resource "aws_s3_bucket_policy" "q" {
        bucket = aws_s3_bucket.c[0].id
        policy = jsonencode({ Statement = [{ Effect = "Deny", Resource = "${aws_s3_bucket.c[0].arn}/*" }] })
      }
      """
    ])
    let block = try resource(result, "aws_s3_bucket_public_access_block.p[\"y\"]")
    #expect(
      block.body.value("bucket")?.unknown?.identity == Reference(.resource, "aws_s3_bucket.b[\"y\"]", path: ".id"))
    let policy = try resource(result, "aws_s3_bucket_policy.q")
    #expect(policy.body.value("bucket")?.unknown?.identity == Reference(.resource, "aws_s3_bucket.c[?]", path: ".id"))
    #expect(try resource(result, "aws_s3_bucket.c[?]").isIndeterminate)
    guard case .json(let twin) = policy.body.value("policy")?.unknown?.twin else {
      throw Diagnostic(.invalid, "no twin", at: nil)
    }
    let statement = try #require(twin.members?["Statement"]?.elements?.first)
    #expect(statement.members?["Effect"]?.string == "Deny")
    guard case .text(let parts) = statement.members?["Resource"]?.unknown?.twin else {
      throw Diagnostic(.invalid, "no parts", at: nil)
    }
    #expect(parts.last?.string == "/*")
  }

  @Test func dynamicBlocksAreExpandedAndUnknownOnesStandForAll() throws {
    let result = try scan([
      "main.tf": """
      variable "rules" { type = list(object({ port = number })) }
      resource "aws_security_group" "a" {
        dynamic "ingress" {
          for_each = [22, 80]
          iterator = it
          content {
            from_port = it.value
            dynamic "inner" {
              for_each = { k = it.key }
              content { v = "${inner.key}${inner.value}" }
            }
          }
        }
        dynamic "egress" {
          for_each = var.rules
          content { from_port = egress.value.port }
        }
      }
      """
    ])
    let group = try resource(result, "aws_security_group.a")
    #expect(group.body.blocks("ingress").map { $0.value("from_port")?.number?.int } == [22, 80])
    #expect(group.body.blocks("ingress").map { $0.blocks("inner").first?.value("v")?.string } == ["k0", "k1"])
    let egress = try #require(group.body.blocks("egress").first)
    #expect(egress.isIndeterminate)
    #expect(egress.value("from_port")?.sources == [Reference(.variable, "var.rules")])
  }

  // MARK: Modules

  @Test func modulesAreExpandedPerInstanceAndPerRoot() throws {
    let module =
      "variable \"open\" {}\nresource \"aws_x\" \"r\" {\n  open = var.open\n}\noutput \"o\" {\n  value = aws_x.r.open\n}\n"
    let result = try scan([
      "modules/m/main.tf": module,
      "stacks/a/main.tf":
        "module \"m\" {\n  source = \"../../modules/m\"\n  for_each = { p = true, q = false }\n  open = each.value\n}\noutput \"q\" {\n  value = module.m[\"q\"].o\n}\n",
      "stacks/b/main.tf": "module \"m\" {\n  source = \"../../modules/m\"\n  count = 2\n  open = count.index\n}\n",
    ])
    #expect(result.coverage.roots == ["stacks/a", "stacks/b"])
    #expect(result.roots[0].resources.map(\.address) == ["module.m[\"p\"].aws_x.r", "module.m[\"q\"].aws_x.r"])
    #expect(result.roots[1].resources.map(\.address) == ["module.m[0].aws_x.r", "module.m[1].aws_x.r"])
    #expect(try output(result, "q").bool == false)
    let chain = result.roots[0].resources[0].callChain
    #expect(chain.map { result.files.text($0) } == ["stacks/a/main.tf:1:1"])
  }

  @Test func modulesThatAreNotThereAreReportedAndTheirOutputsUnknown() throws {
    let result = try scan([
      "main.tf":
        "module \"vpc\" {\n  source = \"terraform-aws-modules/vpc/aws\"\n}\nresource \"aws_x\" \"a\" {\n  v = module.vpc.vpc_id\n}\n"
    ])
    let value = try resource(result, "aws_x.a").body.value("v")
    #expect(value?.unknown?.identity == Reference(.module, "module.vpc", path: ".vpc_id"))
    #expect(result.coverage.modulesNotExpanded.map(\.source) == ["terraform-aws-modules/vpc/aws"])
  }

  @Test func installedModulesAreFoundThroughTheirManifest() throws {
    let result = try scan([
      "main.tf":
        "module \"vpc\" {\n  source = \"terraform-aws-modules/vpc/aws\"\n}\noutput \"o\" {\n  value = module.vpc.id\n}\n",
      ".terraform/modules/modules.json":
        "{\"Modules\":[{\"Key\":\"\",\"Source\":\"\",\"Dir\":\".\"},{\"Key\":\"vpc\",\"Source\":\"x\",\"Dir\":\".terraform/modules/vpc\"}]}",
      ".terraform/modules/vpc/main.tf": "output \"id\" {\n  value = path.module\n}\n",
    ])
    #expect(try output(result, "o").string == ".terraform/modules/vpc")
  }

  @Test func providersPassTheirTagsAndAliasesToModules() throws {
    let result = try scan([
      "main.tf": """
      provider "aws" {
        region = "eu-west-1"
        default_tags {
          tags = { team = "a" }
        }
      }
      provider "aws" {
        alias  = "us"
        region = "us-east-1"
      }
      module "m" {
        source = "./m"
        providers = { aws.other = aws.us }
      }
      """,
      "m/main.tf": "resource \"aws_x\" \"a\" {}\nresource \"aws_x\" \"b\" {\n  provider = aws.other\n}\n",
    ])
    let a = try resource(result, "module.m.aws_x.a").provider
    #expect(a?.defaultTags?.members?["team"]?.string == "a")
    #expect(try resource(result, "module.m.aws_x.b").provider?.body.value("region")?.string == "us-east-1")
  }

  @Test func overrideFilesAndJSONSyntaxDeclareLikeOthers() throws {
    let result = try scan([
      "main.tf": "resource \"aws_x\" \"a\" {\n  v = 1\n  w = 2\n  n {}\n}\n",
      "z_override.tf": "resource \"aws_x\" \"a\" {\n  v = 3\n}\n",
      "o.tf": "resource \"aws_o\" \"terraform\" {}\n",
      "o.tofu": "resource \"aws_o\" \"tofu\" {}\n",
      "j.tf.json": """
      {"locals": {"n": 2}, "resource": {"aws_y": {"b": {"count": "${local.n}", "name": "n-${count.index}",
        "ingress": [{"port": 22}], "dynamic": {"egress": {"for_each": [1], "content": {"p": "${egress.value}"}}}}}}}
      """,
    ])
    let a = try resource(result, "aws_x.a")
    #expect(a.body.value("v")?.number?.int == 3)
    #expect(a.body.value("w")?.number?.int == 2)
    #expect(result.roots[0].resources.filter { $0.type == "aws_o" }.map(\.name) == ["tofu"])
    let b = try resource(result, "aws_y.b[1]")
    #expect(b.body.value("name")?.string == "n-1")
    #expect(b.body.value("ingress")?.elements?.first?.members?["port"]?.number?.int == 22)
    #expect(b.body.blocks("egress").first?.value("p")?.number?.int == 1)
    #expect(b.place.line == 1)
  }

  @Test func policyDocumentsAreEvaluated() throws {
    let result = try scan([
      "main.tf": """
      data "aws_iam_policy_document" "base" {
        statement {
          sid       = "a"
          actions   = ["s3:GetObject", "s3:PutObject"]
          resources = ["arn:aws:s3:::b/&{aws:username}/*"]
          principals {
            type        = "AWS"
            identifiers = ["*"]
          }
          condition {
            test     = "StringEquals"
            variable = "aws:SourceVpc"
            values   = ["v"]
          }
        }
      }
      data "aws_iam_policy_document" "d" {
        source_policy_documents = [data.aws_iam_policy_document.base.json]
        statement {
          sid     = "b"
          effect  = "Deny"
          actions = ["*"]
        }
        override_policy_documents = [jsonencode({ Statement = [{ Sid = "a", Effect = "Deny", Action = "x" }] })]
      }
      output "base" {
        value = data.aws_iam_policy_document.base.json
      }
      output "d" {
        value = jsondecode(data.aws_iam_policy_document.d.json).Statement[*].Effect
      }
      """
    ])
    #expect(
      try output(result, "base").string
        == #"{"Statement":[{"Action":["s3:GetObject","s3:PutObject"],"Condition":{"StringEquals":{"aws:SourceVpc":"v"}},"Effect":"Allow","Principal":{"AWS":"*"},"Resource":"arn:aws:s3:::b/${aws:username}/*","Sid":"a"}],"Version":"2012-10-17"}"#
    )
    #expect(try output(result, "d").elements?.map(\.string) == ["Deny", "Deny"])
  }

  @Test func movedImportRemovedAndCheckBlocksAreRead() throws {
    let result = try scan([
      "main.tf": """
      moved {
        from = aws_x.a
        to   = aws_x.b["k"]
      }
      import {
        to = aws_x.c
        id = "i-1"
      }
      removed {
        from = aws_x.d
      }
      check "c" {
        assert {
          condition     = 1 == 2
          error_message = "never"
        }
      }
      """
    ])
    #expect(result.roots[0].identityChanges.map(\.kind) == [.moved, .imported, .removed])
    #expect(result.roots[0].identityChanges[0].to == "aws_x.b[\"k\"]")
    #expect(result.diagnostics.map(\.code) == [.condition])
  }

  @Test func placesOfPartsWithinLiteralsAreFound() throws {
    let result = try scan([
      "main.tf": "resource \"aws_x\" \"a\" {\n  tags = {\n    b = [1,\n      2]\n  }\n  n {\n    c = 1\n  }\n}\n"
    ])
    let body = try resource(result, "aws_x.a").body
    #expect(body.place(of: [.attribute("tags"), .attribute("b"), .index(1)]).line == 4)
    #expect(body.place(of: [.attribute("n"), .index(0), .attribute("c")]).line == 7)
    #expect(body.place(of: [.attribute("none")]).line == 1)
  }
}

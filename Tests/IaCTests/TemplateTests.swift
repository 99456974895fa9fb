// SPDX-License-Identifier: Apache-2.0
import Content
import IaC
import JSON
import Testing

/// Templates give the resources that a deployment of them would make.
struct TemplateTests {
  /// Files by name, as a folder would give them.
  private static func estate(_ files: [String: String], parameters: [String: String] = [:]) throws -> CodeEstate {
    var options = CloudFormation.Options()
    options.parameters = parameters
    return try CodeReader(ContentLibrary()).evaluate(
      files.keys.sorted(), shown: { $0 }, options: options, read: { files[$0].map { Array($0.utf8) } })
  }

  private static func resource(_ estate: CodeEstate, _ address: String) throws -> CodeResource {
    try #require(
      estate.resources.first { $0.address == address }, "\(estate.resources.map(\.address)) \(estate.errors)")
  }

  // MARK: CloudFormation

  static let stack = """
    Parameters:
      Stage: {Type: String, Default: test}
      Size: {Type: Number}
      Zones: {Type: CommaDelimitedList, Default: "a, b"}
    Conditions:
      IsProd: !Equals [!Ref Stage, prod]
    Mappings:
      Days: {test: {keep: 7}, prod: {keep: 35}}
    Resources:
      Logs:
        Type: AWS::S3::Bucket
        Properties:
          BucketName: !Sub "logs-${Stage}"
          AccessControl: !If [IsProd, Private, PublicRead]
          Tags: [{Key: stage, Value: !Ref Stage}]
      LogsPolicy:
        Type: AWS::S3::BucketPolicy
        Properties:
          Bucket: !Ref Logs
          PolicyDocument: {Statement: [{Effect: Deny, Principal: "*", Resource: !GetAtt Logs.Arn}]}
      OnlyProd: {Type: AWS::SNS::Topic, Condition: IsProd}
      Db:
        Type: AWS::RDS::DBInstance
        Properties:
          AllocatedStorage: !Ref Size
          BackupRetentionPeriod: !FindInMap [Days, !Ref Stage, keep]
          AvailabilityZone: !Select [1, !Ref Zones]
          Nothing: !If [IsProd, x, !Ref AWS::NoValue]
    """

  @Test func `functions of CloudFormation are evaluated`() throws {
    let estate = try Self.estate(["stack.yaml": Self.stack])
    let bucket = try Self.resource(estate, "AWS::S3::Bucket.Logs")
    #expect(bucket.id == "arn:aws:s3:::logs-test")
    #expect(bucket.place == CodePlace(path: "stack.yaml", line: 10, column: 3))
    #expect(bucket.body.get(["tags", "stage"])?.string == "test")
    // The policy is a part of the bucket, and its resource is the bucket's ARN.
    #expect(
      bucket.body.get(["observed", "BucketPolicy"])?.json().text
        == #"{"Statement":[{"Effect":"Deny","Principal":"*","Resource":"arn:aws:s3:::logs-test"}]}"#)
    #expect(bucket.body.get(["observed", "Grants"])?.elements.first?["URI"]?.string?.hasSuffix("AllUsers") == true)
    let db = try Self.resource(estate, "AWS::RDS::DBInstance.Db")
    #expect(db.body.get(["properties", "BackupRetentionPeriod"])?.scalar == "7")
    #expect(db.body.get(["properties", "AvailabilityZone"])?.string == "b")
    #expect(db.body.get(["properties", "Nothing"]) == nil)
    #expect(db.body.get(["properties", "AllocatedStorage"])?.unknown?.decider == "parameter Size")
    #expect(!estate.resources.contains { $0.address == "AWS::SNS::Topic.OnlyProd" })
    #expect(estate.gaps.map(\.name) == ["Size"])
  }

  @Test func `parameters of the command line decide`() throws {
    let estate = try Self.estate(["stack.yaml": Self.stack], parameters: ["Stage": "prod", "Size": "100"])
    #expect(estate.resources.contains { $0.address == "AWS::SNS::Topic.OnlyProd" })
    let db = try Self.resource(estate, "AWS::RDS::DBInstance.Db")
    #expect(db.body.get(["properties", "AllocatedStorage"])?.scalar == "100")
    #expect(db.body.get(["properties", "BackupRetentionPeriod"])?.scalar == "35")
  }

  @Test func `nested stacks are judged with what they are given`() throws {
    let estate = try Self.estate([
      "main.yaml": """
      Resources:
        Inner:
          Type: AWS::CloudFormation::Stack
          Properties: {TemplateURL: ./parts/inner.yaml, Parameters: {Encrypted: "true"}}
        Volume:
          Type: AWS::EC2::Volume
          Properties: {KmsKeyId: !GetAtt Inner.Outputs.Key}
      """,
      "parts/inner.yaml": """
      Parameters: {Encrypted: {Type: String}}
      Resources:
        Key: {Type: AWS::KMS::Key}
        Data: {Type: AWS::EC2::Volume, Properties: {Encrypted: !Ref Encrypted}}
      Outputs: {Key: {Value: !Ref Key}}
      """,
    ])
    #expect(
      try Self.resource(estate, "Inner.AWS::EC2::Volume.Data").body.get(["properties", "Encrypted"])?.scalar == "true")
    #expect(try Self.resource(estate, "AWS::EC2::Volume.Volume").body.get(["properties", "KmsKeyId"])?.string == "Key")
    #expect(estate.resources.count == 3)
  }

  @Test func `SAM makes functions with roles`() throws {
    let estate = try Self.estate([
      "template.yaml": """
      Transform: AWS::Serverless-2016-10-31
      Globals: {Function: {Runtime: python3.13, Tracing: Active}}
      Resources:
        Hello: {Type: AWS::Serverless::Function, Properties: {Handler: app.run}}
      """
    ])
    let function = try Self.resource(estate, "AWS::Lambda::Function.Hello")
    #expect(function.body.get(["properties", "Runtime"])?.string == "python3.13")
    #expect(function.body.get(["properties", "TracingConfig", "Mode"])?.string == "Active")
    #expect(estate.resources.contains { $0.address == "AWS::IAM::Role.HelloRole" })
  }

  // MARK: Azure Resource Manager

  @Test func `loops, conditions and children of Azure templates are evaluated`() throws {
    let estate = try Self.estate([
      "main.json": """
      {
        // with comments
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "parameters": {"count": {"type": "int", "defaultValue": 2}, "tls": {"type": "string"}},
        "variables": {"prefix": "[concat('st', uniqueString(resourceGroup().id))]"},
        "resources": [
          {"type": "Microsoft.Storage/storageAccounts", "name": "[concat(variables('prefix'), copyIndex(1))]",
           "copy": {"name": "all", "count": "[parameters('count')]"}, "kind": "StorageV2",
           "properties": {"minimumTlsVersion": "[parameters('tls')]"},
           "resources": [{"type": "blobServices", "name": "default", "properties": {}}]},
          {"type": "Microsoft.Sql/servers/firewallRules", "name": "db/all", "condition": "[equals(1, 2)]"},
        ]
      }
      """
    ])
    let accounts = estate.resources.filter { $0.type == "microsoft.storage/storageaccounts" }
    #expect(accounts.count == 2 && Set(accounts.map(\.id)).count == 2)
    let unknown = accounts.first?.body.get(["properties", "minimumTlsVersion"])?.unknown
    #expect(unknown?.reason == "the parameter 'tls' has no value")
    let child = try #require(estate.resources.first { $0.type == "microsoft.storage/storageaccounts/blobservices" })
    #expect(accounts.contains { child.id == $0.id + "/blobServices/default" })
    #expect(estate.resources.count == 4)
  }

  @Test func `parameter files and outputs of nested deployments give values`() throws {
    let schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    let estate = try Self.estate([
      "main.json": """
      {"$schema": "\(schema)", "parameters": {"sku": {"type": "string"}}, "resources": [
        {"type": "Microsoft.Resources/deployments", "name": "inner", "properties": {
          "expressionEvaluationOptions": {"scope": "inner"}, "parameters": {"name": {"value": "kv"}},
          "template": {"$schema": "\(schema)", "parameters": {"name": {"type": "string"}},
            "resources": [{"type": "Microsoft.KeyVault/vaults", "name": "[parameters('name')]"}],
            "outputs": {"id": {"type": "string", "value": "[resourceId('Microsoft.KeyVault/vaults', parameters('name'))]"}}}}},
        {"type": "Microsoft.Compute/disks", "name": "d", "sku": {"name": "[parameters('sku')]"},
         "properties": {"vault": "[reference('inner').outputs.id.value]"}}]}
      """,
      "main.parameters.json": #"{"parameters": {"sku": {"value": "Premium_LRS"}}}"#,
    ])
    let vault = try Self.resource(estate, "Microsoft.KeyVault/vaults.kv")
    let disk = try Self.resource(estate, "Microsoft.Compute/disks.d")
    #expect(disk.body.get(["properties", "vault"])?.string == vault.id)
    #expect(disk.body.get(["sku", "name"])?.string == "Premium_LRS")
  }

  // MARK: Hostile input

  @Test(arguments: [
    ("Resources: {A: {Type: AWS::SNS::Topic, Properties: {Name: [}}}", "stack.yaml:1"),
    (
      #"{"Resources": {"A": {"Type": "AWS::SNS::Topic", "Properties": {"x": tru}}}}"#,
      "stack.yaml:1:69: 'tru' is no value"
    ),
    (#"{"Resources": "# + String(repeating: "[", count: 5000), "stack.yaml:1:214: nested deeper than 200"),
    (
      "Resources:\n  A: {Properties: {}}\n  B: {Type: AWS::SNS::Topic}\n",
      "stack.yaml:2:3: the resource 'A' has no type"
    ),
  ])
  func `what cannot be read is told with its place`(text: String, start: String) throws {
    let estate = try Self.estate(["stack.yaml": text])
    let message = estate.errors.first.map { "\($0)" } ?? ""
    #expect(message.hasPrefix(start), "\(message)")
  }

  @Test func `templates that refer to themselves end`() throws {
    let estate = try Self.estate([
      "stack.yaml": """
      AWSTemplateFormatVersion: "2010-09-09"
      Conditions: {A: !Condition B, B: !Condition A}
      Resources:
        Me: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: stack.yaml}}
        T: {Type: AWS::S3::Bucket, Condition: A, Properties: {BucketName: !Ref T}}
      """,
      "main.json": """
      {"$schema": "https://x/2019-04-01/deploymentTemplate.json#", "variables": {"a": "[variables('b')]", "b": "[variables('a')]"},
       "resources": [{"type": "Microsoft.Compute/disks", "name": "[variables('a')]"}]}
      """,
    ])
    #expect(!estate.resources.isEmpty)
  }

  @Test func `a reader asks for no file outside of the folder`() throws {
    let folder = try CodeFolder(#filePath)
    #expect(folder.read("../../README.md") == nil)
    #expect(folder.read("/etc/hostname") == nil)
    #expect(folder.read(folder.files[0]) != nil)
  }

  @Test func `of templates that deploy each other one is judged`() throws {
    let stack = { (other: String) in
      """
      Resources:
        Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: \(other)}}
        Topic: {Type: AWS::SNS::Topic}
      """
    }
    let estate = try Self.estate(["a.yaml": stack("b.yaml"), "b.yaml": stack("a.yaml")])
    #expect(estate.resources.contains { $0.type == "aws::sns::topic" })
  }
}

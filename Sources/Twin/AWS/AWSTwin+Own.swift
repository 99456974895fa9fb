// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Specs

/// What no document says: who asks, roles, and the regions that there are.
extension AWSTwin {
  func own(
    _ operation: AWSCatalog.Operation, _ input: JSONDraft, _ caller: AWSCaller, _ place: AWSPlace
  ) throws(AWSError) -> JSONDraft? {
    switch operation.key {
    case "sts:GetCallerIdentity":
      return .object([
        ("UserId", .string(caller.userID)), ("Account", .string(caller.account)), ("Arn", .string(caller.arn)),
      ])
    case "sts:AssumeRole", "sts:AssumeRoleWithWebIdentity": return try assumeRole(input)
    case "ec2:DescribeRegions":
      let asked = Set((input["RegionNames"]?.elementList ?? []).compactMap(\.scalarText))
      let regions = regions(of: place).filter { asked.isEmpty || asked.contains($0) }
      return .object([
        (
          "Regions",
          .array(
            regions.map {
              .object([
                ("RegionName", .string($0)), ("Endpoint", .string("ec2.\($0).amazonaws.com")),
                ("OptInStatus", .string("opt-in-not-required")),
              ])
            })
        )
      ])
    case "ec2:DescribeAvailabilityZones":
      let zones = ["a", "b", "c"].map { letter -> JSONDraft in
        .object([
          ("ZoneName", .string(place.region + letter)), ("RegionName", .string(place.region)),
          ("State", .string("available")),
        ])
      }
      return .object([("AvailabilityZones", .array(zones))])
    case "ec2:DescribeSecurityGroupRules": return try securityGroupRules(input, place)
    case "iam:GetUserPolicy": return try inlinePolicy("aws::iam::user", "UserName", input, operation, place)
    case "iam:GetRolePolicy": return try inlinePolicy("aws::iam::role", "RoleName", input, operation, place)
    case "iam:GetGroupPolicy": return try inlinePolicy("aws::iam::group", "GroupName", input, operation, place)
    default: return nil
    }
  }

  /// One of the policies that are written into a user, a role or a group.
  private func inlinePolicy(
    _ type: String, _ member: String, _ input: JSONDraft, _ operation: AWSCatalog.Operation, _ place: AWSPlace
  ) throws(AWSError) -> JSONDraft {
    let (name, policy) = (input[member]?.scalarText ?? "", input["PolicyName"]?.scalarText ?? "")
    let owner = catalog.entry(of: type).flatMap { entry in
      index.items(entry, place).first { $0.base[member]?.scalarText == name }
    }
    let found = owner?.document["properties"]?["Policies"]?.elements.first { $0["PolicyName"]?.string == policy }
    guard let document = found?["PolicyDocument"] else {
      throw AWSError(404, "NoSuchEntity", "The policy \(policy) of \(name) cannot be found.")
    }
    let text = document.string ?? document.text
    return .object([
      (member, .string(name)), ("PolicyName", .string(policy)),
      ("PolicyDocument", .string(PercentEncoding.encode(text))),
    ])
  }

  /// Adds to an answer what clients look for and documents do not say again.
  func completed(_ answer: JSONDraft, _ operation: AWSCatalog.Operation, _ place: AWSPlace) -> JSONDraft {
    func each(_ list: String, _ body: (inout JSONDraft) -> Void) -> JSONDraft {
      guard var elements = answer[list]?.elementList else { return answer }
      for index in elements.indices { body(&elements[index]) }
      var answer = answer
      answer.set(JSONPath(steps: [.key(list)]), .array(elements))
      return answer
    }
    func add(_ key: String, _ value: JSONDraft?, to element: inout JSONDraft) {
      if let value, element[key] == nil { element.set(JSONPath(steps: [.key(key)]), value) }
    }
    switch operation.key {
    case "iam:ListAttachedUserPolicies", "iam:ListAttachedRolePolicies", "iam:ListAttachedGroupPolicies":
      return each("AttachedPolicies") { add("PolicyName", Transform.basename.apply($0["PolicyArn"]), to: &$0) }
    case "iam:ListPolicyVersions":
      return each("Versions") { add("IsDefaultVersion", .bool(true), to: &$0) }
    case "ec2:DescribeInstances":
      return each("Reservations") { reservation in
        let instance = reservation["Instances"]?.elementList.first?["InstanceId"]?.scalarText ?? ""
        add("ReservationId", .string("r-" + instance.dropFirst(2)), to: &reservation)
        add("OwnerId", .string(place.account), to: &reservation)
      }
    case "s3:ListObjectsV2":
      // An estate has no objects.
      var answer = answer
      add("KeyCount", .int(0), to: &answer)
      add("IsTruncated", .bool(false), to: &answer)
      return answer
    case "ec2:DescribeSecurityGroups":
      return each("SecurityGroups") { add("OwnerId", .string(place.account), to: &$0) }
    default: return answer
    }
  }

  /// The regions that the estate has something of in an account, and the partition's first.
  private func regions(of place: AWSPlace) -> [String] {
    let rows = estate.documents(ofType: "aws::::region").filter { $0["subscriptionId"]?.string == place.account }
    var regions = rows.compactMap { $0["location"]?.string }
    if regions.isEmpty {
      let used = estate.documents { $0["subscriptionId"]?.string == place.account && $0["cloud"]?.string == "aws" }
      regions = Set(used.compactMap { $0["location"]?.string }).filter { $0 != "global" && !$0.isEmpty }.sorted()
    }
    let home = AWSIndex.homeRegion(place.partition)
    return regions.contains(home) ? regions : [home] + regions
  }

  /// Roles that the estate has can be assumed, and the one that AWS makes in each account of an organisation. Trust
  /// policies are not judged: it is a rehearsal.
  private func assumeRole(_ input: JSONDraft) throws(AWSError) -> JSONDraft {
    let arn = input["RoleArn"]?.scalarText ?? ""
    let parts = arn.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 6, parts[0] == "arn", parts[2] == "iam", parts[5].hasPrefix("role/") else {
      throw AWSError(400, "ValidationError", "\(arn) is invalid")
    }
    guard let name = input["RoleSessionName"]?.scalarText, name.count >= 2 else {
      throw AWSError(400, "ValidationError", "RoleSessionName is missing or too short")
    }
    let role = estate.document(arn)
    guard accounts.has(parts[4]), role != nil || parts[5] == "role/OrganizationAccountAccessRole" else {
      throw AWSError(403, "AccessDenied", "The caller is not authorized to perform: sts:AssumeRole on resource: \(arn)")
    }
    let id = role?["properties"]?["RoleId"]?.string ?? "AROATWINTWINTWINTWIN"
    let (key, session) = keys.assume(arn, account: parts[4], roleID: id, session: name)
    return .object([
      (
        "Credentials",
        .object([
          ("AccessKeyId", .string(key)), ("SecretAccessKey", .string(session.secret)),
          ("SessionToken", .string(session.token)), ("Expiration", .string(CivilTime(epoch: session.until).iso())),
        ])
      ),
      ("AssumedRoleUser", .object([("AssumedRoleId", .string(session.userID)), ("Arn", .string(session.arn))])),
    ])
  }
}

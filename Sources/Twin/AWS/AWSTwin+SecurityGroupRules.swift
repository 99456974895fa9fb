// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Specs

/// The rules of security groups one by one, as `DescribeSecurityGroupRules` has them. The estate has them in their groups.
extension AWSTwin {
  func securityGroupRules(_ input: JSONDraft, _ place: AWSPlace) throws(AWSError) -> JSONDraft {
    func asked(_ list: JSONDraft?) -> [String] { (list?.elementList ?? []).compactMap(\.scalarText) }
    var wanted: [String: Set<String>] = [:]
    for filter in input["Filters"]?.elementList ?? [] {
      wanted[filter["Name"]?.scalarText ?? ""] = Set(asked(filter["Values"]))
    }
    let ids = Set(asked(input["SecurityGroupRuleIds"]))
    if !ids.isEmpty { wanted["security-group-rule-id"] = ids }
    let members = ["group-id": "GroupId", "security-group-rule-id": "SecurityGroupRuleId"]
    if let unknown = wanted.keys.sorted().first(where: { members[$0] == nil }) {
      throw AWSError(400, "InvalidParameterValue", "The filter '\(unknown)' is invalid")
    }
    let groups = estate.documents(ofType: "aws::ec2::securitygroup").filter {
      $0["subscriptionId"]?.string == place.account && $0["location"]?.string == place.region
    }
    let rules = groups.flatMap { group in
      [("SecurityGroupIngress", false), ("SecurityGroupEgress", true)].flatMap { list, isEgress in
        (group["properties"]?[list]?.elements.map { $0 } ?? []).map { Self.rule($0, of: group, isEgress, place) }
      }
    }.filter { rule in
      wanted.allSatisfy { name, values in values.contains(rule[members[name] ?? ""]?.scalarText ?? "") }
    }
    let known = Set(rules.compactMap { $0["SecurityGroupRuleId"]?.scalarText })
    if let missing = ids.subtracting(known).sorted().first {
      throw AWSError(
        400, "InvalidSecurityGroupRuleId.NotFound", "The security group rule ID '\(missing)' does not exist")
    }
    return .object([("SecurityGroupRules", .array(rules))])
  }

  private static func rule(_ rule: JSONValue, of group: JSONValue, _ isEgress: Bool, _ place: AWSPlace) -> JSONDraft {
    let side = isEgress ? "Destination" : "Source"
    let groupID = group["properties"]?["GroupId"]?.string ?? ""
    // The same rule has the same id as long as it says the same.
    let digest = JSONDigest(hashing: Array("\(groupID) \(side) ".utf8) + rule.canonical())
    let id = "sgr-0" + digest.hex.prefix(16)
    var members: [(key: String, value: JSONDraft)] = [
      ("SecurityGroupRuleId", .string(id)), ("GroupId", .string(groupID)), ("GroupOwnerId", .string(place.account)),
      ("IsEgress", .bool(isEgress)),
      (
        "SecurityGroupRuleArn",
        .string("arn:\(place.partition):ec2:\(place.region):\(place.account):security-group-rule/\(id)")
      ),
      ("Tags", .array([])),
    ]
    for (name, key) in [
      ("IpProtocol", "IpProtocol"), ("FromPort", "FromPort"), ("ToPort", "ToPort"), ("CidrIpv4", "CidrIp"),
      ("CidrIpv6", "CidrIpv6"), ("PrefixListId", side + "PrefixListId"), ("Description", "Description"),
    ] {
      if let value = rule[key] { members.append((name, .value(value))) }
    }
    for port in ["FromPort", "ToPort"] where rule[port] == nil { members.append((port, .int(-1))) }
    if let other = rule[side + "SecurityGroupId"] {
      let owner = rule["SourceSecurityGroupOwnerId"].map(JSONDraft.value) ?? .string(place.account)
      members.append(("ReferencedGroupInfo", .object([("GroupId", .value(other)), ("UserId", owner)])))
    }
    return .object(members)
  }
}

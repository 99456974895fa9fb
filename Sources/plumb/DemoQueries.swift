// SPDX-License-Identifier: Apache-2.0

/// What the demo asks of what it scanned.
enum DemoQueries {
  static let findings = """
    Findings
    | where status == 'Unhealthy'
    | extend order = case(severity == 'critical', 1, severity == 'high', 2, severity == 'medium', 3, 4)
    | summarize azure = countif(cloud == 'azure'), gcp = countif(cloud == 'gcp'), aws = countif(cloud == 'aws')
        by order, severity
    | order by order asc
    | project severity, azure, gcp, aws
    """

  static let worst = """
    Findings
    | where status == 'Unhealthy'
    | extend weight = case(severity == 'critical', 8, severity == 'high', 4, severity == 'medium', 2, 1)
    | summarize findings = count(), critical = countif(severity == 'critical'), weight = sum(weight) by cloud, resourceId
    | top 8 by weight
    | join kind=leftouter (resources | project resourceId = id, name, type) on resourceId
    | order by weight desc
    | project cloud, resource = name, type, findings, critical
    """

  static let gaps = "CoverageGaps | summarize calls = count() by cloud, service, reason | order by calls desc | take 5"

  /// Questions and queries that a shell takes between double quotes.
  static let next: [(question: String, query: String)] = [
    (
      "What can be read by everybody?",
      """
      resources
      | where properties.publicAccess in ('Container', 'Blob')
          or properties has_any ('allUsers', 'allAuthenticatedUsers')
          or observed has_any ('allUsers', 'allAuthenticatedUsers', 'AllUsers')
          or observed.CreateVolumePermissions has 'all' or observed.Attributes has 'all'
      | project cloud, type, name
      | order by cloud asc, name asc
      """
    ),
    (
      "Which machine of Azure has an address on the internet and an identity with rights on customers' data?",
      """
      let doors = resources
        | where type == 'microsoft.network/networkinterfaces' and properties has 'publicIPAddress'
        | project machine = tostring(properties.virtualMachine.id);
      let rights = resources
        | where type == 'microsoft.authorization/roleassignments'
        | project who = tostring(properties.principalId), subscriptionId, since = todatetime(properties.createdOn);
      let data = resources
        | where type == 'microsoft.storage/storageaccounts' and tags['data-classification'] == 'confidential'
        | project subscriptionId, data = name;
      resources
      | where type == 'microsoft.compute/virtualmachines' and id in (doors)
      | extend who = tostring(identity.principalId)
      | join kind=inner rights on who
      | join kind=inner data on subscriptionId
      | project machine = name, data, since
      """
    ),
    (
      "Which keys are older than a year?",
      """
      resources
      | extend made = case(
          type == 'microsoft.storage/storageaccounts', todatetime(properties.keyCreationTime.key1),
          type == 'microsoft.graph/applications', todatetime(properties.passwordCredentials[0].startDateTime),
          type == 'iam.googleapis.com/serviceaccountkey', todatetime(properties.validAfterTime),
          type == 'aws::iam::user', todatetime(observed.AccessKeys[0].CreateDate),
          datetime(null))
      | where made < ago(365d)
      | project cloud, type, name, days = datetime_diff('day', now(), made)
      | order by days desc
      """
    ),
  ]
}

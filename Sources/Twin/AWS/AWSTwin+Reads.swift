// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Specs

extension AWSTwin {
  /// The part of an answer that one use of the operation makes.
  private enum Piece {
    case items(JSONPath, [AWSItem], [JSONDraft])
    case whole(JSONDraft)
  }

  /// Answers a reading operation from the documents that the specs make of it.
  func read(_ operation: AWSCatalog.Operation, _ input: JSONDraft, _ place: AWSPlace) throws(AWSError) -> JSONDraft {
    let uses = catalog.uses(of: operation)
    guard !uses.isEmpty else {
      throw .unknownOperation(operation.service.wireProtocol, operation.service.signingName, operation.model.name)
    }
    var lists: [(path: JSONPath, items: [JSONDraft])] = []
    var answer = JSONDraft.emptyObject
    var problem: AWSError?
    var isAnswered = false
    var seen: Set<String> = []
    var whole: Set<String> = []
    let filter = ListFilter(operation, input, known: Set(uses.flatMap { $0.call.input.map(\.key) }))
    for use in uses {
      guard use.fits(input) else {
        // A list that was not asked for is there, and empty.
        if case .list(let listing) = use.part, let path = listing.items, !lists.contains(where: { $0.path == path }) {
          lists.append((path, []))
        }
        continue
      }
      if unread.isUnread(use, place, id: "") { throw unread.refusal(operation) }
      do throws(AWSError) {
        switch try piece(use, operation, input, filter, place) {
        case .items(let path, let sources, let drafts)?:
          isAnswered = true
          // Several entries may make one type: each document stands in a list once.
          let items = zip(sources, drafts).filter { source, _ in
            seen.insert("\(path) \(use.entry.type) \(source.id)").inserted
          }.map(\.1)
          if let index = lists.firstIndex(where: { $0.path == path }) {
            // Several entries may read one list of the same documents.
            lists[index].items += items
          } else {
            lists.append((path, items))
          }
        case .whole(let part)?:
          isAnswered = true
          if whole.insert(use.name).inserted { answer.merge(part) }
        case nil: break
        }
      } catch {
        if problem.map(\.isMissing) ?? true { problem = error }
      }
    }
    if !isAnswered, let problem { throw problem }
    for index in lists.indices { lists[index].items = try filter.applied(to: lists[index].items) }
    try page(&lists, operation, input, into: &answer)
    for use in uses {
      if let poll = use.call.poll { answer.plant(.string(poll.value), poll.path.steps[...], over: true) }
      for (path, transform) in use.call.decode {
        guard let value = answer.get(path), value.isArray else { continue }
        if let text = transform.reversed(value, to: .nowhere) { answer.plant(text, path.steps[...], over: true) }
      }
    }
    return completed(answer, operation, place)
  }

  private func piece(
    _ use: AWSCatalog.Use, _ operation: AWSCatalog.Operation, _ input: JSONDraft, _ filter: ListFilter,
    _ place: AWSPlace
  ) throws(AWSError) -> Piece? {
    switch use.part {
    case .list(let listing):
      let items: [AWSItem]
      if use.named.isEmpty {
        let all = index.items(use.entry, place)
        if let (member, values) = filter.choice(among: all.first?.base) {
          let found = index.items(use.entry, place, by: "member \(member)", values) { $0.base[member]?.scalarText }
          // Of what is not there the filter speaks, which sees one that is.
          items = found.isEmpty ? Array(all.prefix(1)) : found
        } else {
          items = all
        }
      } else {
        guard let key = use.key(of: input) else {
          // Without what a list is of, some services list all.
          items = index.items(use.entry, place)
          return .items(listing.items ?? JSONPath(steps: []), items, items.map(\.base))
        }
        items = index.items(use, place, key: key)
        if items.isEmpty, let problem = missingParent(use, listing, key, operation, place) { throw problem }
      }
      if let path = listing.items { return .items(path, items, items.map(\.base)) }
      guard let item = items.first else {
        guard let code = listing.call.absent.first else { return .whole(.emptyObject) }
        throw AWSError(Self.status(of: code, operation), Self.code(code), "There is none.")
      }
      var answer = JSONDraft.emptyObject
      answer.plant(item.base, (listing.item ?? JSONPath(steps: [])).steps[...], over: true)
      return .whole(answer)
    case .step(let step, let number):
      if let row = step.row {
        let items = step.isOnce && use.named.isEmpty ? index.items(use.entry, place) : try asked(use, input, place)
        // Rows of what is not there are refused where AWS does so; elsewhere there are none.
        if items.isEmpty, !use.named.isEmpty, !step.call.absent.isEmpty { throw notFound(use, operation, input) }
        try check(items, use, operation, place)
        return Self.answered(items, number, at: row.items)
      }
      if let batch = step.batch {
        let keys = (input[batch.parameter]?.elementList ?? []).compactMap(\.scalarText)
        let items = index.items(use.entry, place)
        let found = keys.compactMap { key in
          index.items(use.entry, place, by: "use \(use.number)", [key]) { batch.key.resolve($0)?.scalarText }.first
            ?? index.items(use.entry, place, named: key)
        }
        try check(found, use, operation, place)
        return Self.answered(keys.isEmpty ? items : found, number, at: batch.items)
      }
      guard let item = try asked(use, input, place).first else {
        if case .operation = use.entry.spec.origin { throw notFound(use, operation, input) }
        return nil
      }
      try check([item], use, operation, place)
      guard let part = item.answer(number) else {
        guard let code = Self.absence(step, use.entry, operation) else {
          return .whole(Self.nothing(step, use.entry.answers[number]))
        }
        throw AWSError(
          Self.status(of: code, operation), Self.code(code), Self.message(code) ?? "The configuration does not exist.")
      }
      guard let path = step.item else { return .whole(part) }
      var answer = JSONDraft.emptyObject
      answer.plant(part, path.steps[...], over: true)
      return .whole(answer)
    }
  }

  private static func answered(_ items: [AWSItem], _ step: Int, at path: JSONPath) -> Piece {
    let known = items.compactMap { item in item.answer(step).map { (item, $0) } }
    return .items(path, known.map(\.0), known.map(\.1))
  }

  private func asked(_ use: AWSCatalog.Use, _ input: JSONDraft, _ place: AWSPlace) throws(AWSError) -> [AWSItem] {
    if use.named.isEmpty { return index.items(use.entry, place) }
    guard let key = use.key(of: input) else {
      let lacking = use.named.first { input[$0.key]?.scalarText == nil }?.key ?? ""
      throw AWSError(400, "ValidationException", "\(lacking) is missing.")
    }
    let found = index.items(use, place, key: key)
    if !found.isEmpty || use.named.count > 1 { return found }
    // Where a name is asked for an ARN often may be given, and the other way round.
    return index.items(use.entry, place, named: String(key.dropLast())).map { [$0] } ?? []
  }

  /// What a scan could not read is not known here either, and refused: no answer must not become an empty one.
  private func check(
    _ items: [AWSItem], _ use: AWSCatalog.Use, _ operation: AWSCatalog.Operation, _ place: AWSPlace
  ) throws(AWSError) {
    guard unread.hasAny(of: use) else { return }
    for item in items where unread.isUnread(use, place, id: item.id) {
      throw unread.refusal(operation)
    }
  }

  // MARK: What is not there

  /// The error where the resource that a list is of does not exist.
  private func missingParent(
    _ use: AWSCatalog.Use, _ listing: CollectorSpec.Listing, _ key: String, _ operation: AWSCatalog.Operation,
    _ place: AWSPlace
  ) -> AWSError? {
    guard let type = listing.forEach?.lowercased(), !listing.isNested, let parent = catalog.entry(of: type) else {
      return nil
    }
    let isThere = index.hasParent(use, parent, place, key: key)
    return isThere ? nil : notFound(use, operation, .emptyObject)
  }

  private func notFound(_ use: AWSCatalog.Use, _ operation: AWSCatalog.Operation, _ input: JSONDraft) -> AWSError {
    let codes = use.call.absent
    let code =
      codes.first { Self.isAboutResource($0, use.entry) } ?? codes.last(where: Self.saysMissing)
      ?? operation.notFoundCode(of: use.entry.spec.type)
    let asked = use.named.compactMap { input[$0.key]?.scalarText }.joined(separator: ", ")
    var error = AWSError(
      Self.status(of: code, operation), Self.code(code),
      asked.isEmpty ? "The resource does not exist." : "The resource \(asked) does not exist.",
      queryCode: code.hasPrefix("AWS.") ? code : nil)
    error.isMissing = true
    return error
  }

  /// The error that says that what a step asks for is not set; nil where an empty answer says so.
  private static func absence(
    _ step: CollectorSpec.Step, _ entry: AWSEntry, _ operation: AWSCatalog.Operation
  ) -> String? {
    if case .operation = entry.spec.origin {} else { return step.call.absent.first }
    if operation.model.name.hasPrefix("List") { return nil }
    let codes = step.call.absent.filter { !isAboutResource($0, entry) }
    guard let code = codes.first else { return nil }
    let isGeneral = word(of: code).isEmpty || word(of: code) == "Resource" || word(of: code) == "Entity"
    return isGeneral && !operation.model.name.hasPrefix("Get") ? nil : code
  }

  private static func saysMissing(_ code: String) -> Bool {
    ["NoSuch", "NotFound", "Nonexistent", "NonExistent"].contains { code.contains($0) }
  }

  /// The answer to a question about what a document does not have: empty lists, where AWS has them. Those of the
  /// JSON protocols may be left out, but for tags, of which none is the same as no list.
  private static func nothing(_ step: CollectorSpec.Step, _ shapes: ShapeWalk) -> JSONDraft {
    var answer = JSONDraft.emptyObject
    var mappings = [step.tags].compactMap(\.self)
    if let wire = shapes.model?.wireProtocol, wire != .json, wire != .restJSON, step.call.operation.hasPrefix("List") {
      mappings += (step.properties + step.observed).map(\.mapping)
    }
    for path in mappings.compactMap(\.path) {
      let list = JSONPath(steps: Array(path.steps.prefix { $0 != .all }))
      if shapes.at(list).shape?.kind == .list { answer.plant(.array([]), list.steps[...], over: false) }
    }
    return answer
  }

  /// What an error code speaks of: `NoSuchBucket` of a bucket.
  private static func word(of code: String) -> String {
    var word = code.split(separator: ":").first.map(String.init) ?? code
    for noise in [
      "NoSuch", "Invalid", "Nonexistent", "NonExistent", "NotFound", "Exception", "Error", "Fault", "Id", ".",
    ] {
      while let range = word.firstRange(of: noise) { word.removeSubrange(range) }
    }
    return word
  }

  private static func isAboutResource(_ code: String, _ entry: AWSEntry) -> Bool {
    let kind = entry.spec.type.split(separator: ":").last.map(String.init) ?? ""
    return !word(of: code).isEmpty && word(of: code).lowercased() == kind.lowercased()
  }

  /// `CODE: part of the message`.
  static func code(_ entry: String) -> String {
    let code = entry.split(separator: ":").first.map(String.init) ?? entry
    return code.hasPrefix("AWS.") ? "QueueDoesNotExist" : code
  }

  private static func message(_ entry: String) -> String? {
    guard let colon = entry.firstIndex(of: ":") else { return nil }
    return String(entry[entry.index(after: colon)...].drop { $0 == " " })
  }

  static func status(of code: String, _ operation: AWSCatalog.Operation) -> Int {
    if code.hasPrefix("AccessDenied") { return 403 }
    switch operation.service.wireProtocol {
    case .restXML, .restJSON, .query: return 404
    case .ec2, .json: return 400
    }
  }

  // MARK: Pages

  private func page(
    _ lists: inout [(path: JSONPath, items: [JSONDraft])], _ operation: AWSCatalog.Operation, _ input: JSONDraft,
    into answer: inout JSONDraft
  ) throws(AWSError) {
    let total = lists.reduce(0) { $0 + $1.items.count }
    var start = 0
    var end = total
    if let pages = operation.model.pages, !lists.isEmpty {
      if let name = pages.input.first, let token = input[name]?.scalarText, !token.isEmpty {
        guard token.hasPrefix(Self.tokenHead), let place = Int(token.dropFirst(Self.tokenHead.count)), place >= 0 else {
          throw AWSError(400, "InvalidNextToken", "The specified token is invalid: \(name).")
        }
        start = min(place, total)
      }
      let asked = Self.sizeNames.lazy.compactMap { input[$0]?.scalarText }.first.flatMap { Int($0) }
      end = min(total, start + min(max(1, asked ?? Self.pageLimit), Self.pageLimit))
      if let more = pages.more { answer.plant(.bool(end < total), more.steps[...], over: true) }
      if end < total, let output = pages.output.first?.first {
        answer.plant(.string("\(Self.tokenHead)\(end)"), output.steps[...], over: true)
      }
    }
    var before = 0
    for (path, items) in lists {
      let (first, last) = (max(start - before, 0), min(end - before, items.count))
      before += items.count
      let shown = first < last ? Array(items[first..<last]) : []
      let steps = path.steps
      if steps.contains(.all), let inner = steps.firstIndex(of: .all) {
        // Each in a list of its own, as a reservation for each instance.
        var rest = Array(steps[(inner + 1)...])
        if rest.last == .all { rest.removeLast() }
        let outer = shown.map { item -> JSONDraft in
          var group = JSONDraft.emptyObject
          group.plant(.array([item]), rest[...], over: true)
          return group
        }
        answer.plant(.array(outer), steps[..<inner], over: true)
      } else {
        answer.plant(.array(shown), steps[...], over: true)
      }
    }
  }

  private static let tokenHead = "page-"
  private static let pageLimit = 1000
  private static let sizeNames = [
    "MaxResults", "MaxItems", "MaxRecords", "Limit", "PageSize", "maxResults", "limit", "pageSize", "MaxBuckets",
    "maxItems",
    "MaxKeys", "Count",
  ]
}

extension AWSCatalog.Operation {
  /// The code of an operation that is asked of what does not exist.
  func notFoundCode(of type: String) -> String {
    let kind = type.split(separator: ":").last.map(String.init) ?? ""
    switch service.service {
    case "ec2": return Self.computeCodes[kind] ?? "Invalid\(kind)ID.NotFound"
    case "iam": return "NoSuchEntity"
    case "s3": return "NoSuchBucket"
    default: break
    }
    let codes = model.errors.filter { $0.contains("NotFound") || $0.contains("NoSuch") || $0.contains("NonExist") }
    return codes.first { $0.lowercased().contains(kind.lowercased()) } ?? codes.first ?? "ResourceNotFoundException"
  }

  /// EC2 names some things shortly.
  private static let computeCodes = [
    "SecurityGroup": "InvalidGroup.NotFound", "Volume": "InvalidVolume.NotFound",
    "Snapshot": "InvalidSnapshot.NotFound",
    "Image": "InvalidAMIID.NotFound", "VPC": "InvalidVpcID.NotFound", "EIP": "InvalidAllocationID.NotFound",
    "LaunchTemplate": "InvalidLaunchTemplateId.NotFound",
  ]
}

extension JSONDraft {
  /// Adds the members of another object; objects in both are joined.
  mutating func merge(_ other: JSONDraft) {
    guard other.isObject else {
      self = other
      return
    }
    var members = thawed()
    for (key, value) in other.thawed() {
      if let index = members.firstIndex(where: { $0.key == key }) {
        if members[index].value.isObject, value.isObject {
          members[index].value.merge(value)
        } else if members[index].value.isArray, value.isArray {
          members[index].value = .array(members[index].value.elementList + value.elementList)
        } else {
          members[index].value = value
        }
      } else {
        members.append((key, value))
      }
    }
    self = .object(members)
  }
}

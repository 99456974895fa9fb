// SPDX-License-Identifier: Apache-2.0

extension ARMFunction {
  /// Functions of time.
  static let dates: [ARMFunction] = [
    ARMFunction(
      "dateTimeAdd", 2...3,
      .strict { call throws(ARMError) in
        let duration = try call.string(1)
        guard let date = try date(call).adding(duration) else {
          throw call.fail("'\(duration)' is no ISO 8601 duration")
        }
        return try written(call, date, 2)
      }),
    ARMFunction(
      "addDays", 2...2,
      .strict { call throws(ARMError) in
        let days = try call.int(1)
        guard abs(days) < 4_000_000, let date = try date(call).moved(seconds: days * 86_400) else {
          throw call.fail("\(days) days lead out of the calendar")
        }
        return .string(date.text)
      }),
    ARMFunction(
      "dateTimeToEpoch", 1...1, .strict { call throws(ARMError) in .int(try date(call).seconds) }),
    ARMFunction(
      "dateTimeFromEpoch", 1...1,
      .strict { call throws(ARMError) in
        guard let date = ARMDate(seconds: try call.int(0)).moved() else { throw call.fail("out of the calendar") }
        return .string(date.text)
      }),
    ARMFunction(
      "utcNow", 0...1,
      .moment { call, now throws(ARMError) in
        let date = ARMDate(seconds: Int64(now.rounded(.down)), nanoseconds: Int64((now - now.rounded(.down)) * 1e9))
        return call.count == 1 ? try written(call, date, 0) : .string((try? date.formatted("yyyyMMddTHHmmss'Z'")) ?? "")
      }),
  ]

  private static func date(_ call: ARMCall) throws(ARMError) -> ARMDate {
    let text = try call.string(0)
    guard let date = ARMDate(text) else { throw call.fail("'\(text)' is no ISO 8601 date") }
    return date
  }

  private static func written(_ call: ARMCall, _ date: ARMDate, _ format: Int) throws(ARMError) -> ARMValue {
    guard call.count > format else { return .string(date.text) }
    let pattern = try call.string(format)
    do {
      return .string(try date.formatted(pattern))
    } catch {
      throw call.fail(error.message)
    }
  }
}

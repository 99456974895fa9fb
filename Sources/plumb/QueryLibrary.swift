// SPDX-License-Identifier: Apache-2.0
import KQL

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What queries may use besides tables, each in a folder of its own: functions, watchlists, files for externaldata.
enum QueryLibrary {
  /// Adds what the folders hold. A folder that was named has to be there; those of the data folder need not.
  static func add(to catalog: inout Catalog, data: String, _ settings: Settings, external: String?) throws {
    let named = try external.map { try folder($0, "--external-folder \($0)") }
    catalog.externalFolder = try named ?? folder(settings.externalFolder, data, "external", "externalFolder")
    if let folder = try folder(settings.functions, data, "functions", "functions") {
      for (file, name) in try files(folder, [".kql", ".csl"]) {
        guard let bytes = FileManager.default.contents(atPath: folder + "/" + file) else {
          throw UsageError("\(folder)/\(file): cannot be read")
        }
        catalog.functions[name] = StoredFunction.text(of: QueryText.decode(bytes))
      }
    }
    if let folder = try folder(settings.watchlists, data, "watchlists", "watchlists") {
      for (file, name) in try files(folder, [".csv"]) {
        do {
          catalog.watchlists[name] = try WatchlistFile(file, in: folder)
        } catch {
          throw UsageError("\(folder)/\(file): \(error)")
        }
      }
    }
  }

  private static func folder(_ path: String, _ said: String) throws -> String {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
      throw UsageError("\(said): there is no such folder")
    }
    return path
  }

  private static func folder(_ setting: String?, _ data: String, _ name: String, _ key: String) throws -> String? {
    if let setting { return try folder(setting, "\(key): \(setting)") }
    return try? folder(data + "/" + name, name)
  }

  /// Files of a folder with one of the endings, with their names without it.
  private static func files(_ folder: String, _ endings: [String]) throws -> [(file: String, name: String)] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    return names.compactMap { file in
      endings.first { file.hasSuffix($0) && file.utf8.count > $0.utf8.count && !file.hasPrefix(".") }
        .map { (file, String(file.dropLast($0.count))) }
    }
  }
}

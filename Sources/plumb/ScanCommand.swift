// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
struct ScanCommand: ParsableCommand { static let configuration = CommandConfiguration(commandName: "scan") }
struct ConnectCommand: ParsableCommand { static let configuration = CommandConfiguration(commandName: "connect") }

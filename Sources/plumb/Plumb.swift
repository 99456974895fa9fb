// SPDX-License-Identifier: Apache-2.0
@main struct Plumb { static func main() {} }

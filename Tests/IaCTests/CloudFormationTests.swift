// SPDX-License-Identifier: Apache-2.0
import Content
import Testing

@testable import IaC

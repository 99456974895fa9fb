// SPDX-License-Identifier: Apache-2.0

/// Cells of a terminal, each of 2 by 4 dots (Braille patterns), or one character where series are told by marks.
struct ChartCanvas {
  let columns: Int
  let rows: Int
  private var dots: [UInt8]
  private var owner: [Int]
  private var glyphs: [Character?]

  init(columns: Int, rows: Int) {
    (self.columns, self.rows) = (max(1, columns), max(1, rows))
    dots = [UInt8](repeating: 0, count: self.columns * self.rows)
    owner = [Int](repeating: -1, count: dots.count)
    glyphs = [Character?](repeating: nil, count: dots.count)
  }

  /// How many dots there are each way.
  var width: Int { columns * 2 }
  var height: Int { rows * 4 }

  /// Sets a dot, from the left and from the top.
  mutating func dot(_ x: Int, _ y: Int, _ series: Int, glyph: Character? = nil) {
    guard x >= 0, y >= 0, x < width, y < height else { return }
    let cell = y / 4 * columns + x / 2
    let bits: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
    dots[cell] |= bits[y % 4 * 2 + x % 2]
    owner[cell] = series
    if let glyph { glyphs[cell] = glyph }
  }

  /// A straight line of dots (Bresenham's algorithm).
  mutating func line(_ a: (x: Int, y: Int), _ b: (x: Int, y: Int), _ series: Int, glyph: Character? = nil) {
    let (dx, dy) = (abs(b.x - a.x), -abs(b.y - a.y))
    let (sx, sy) = (a.x < b.x ? 1 : -1, a.y < b.y ? 1 : -1)
    var (x, y, error) = (a.x, a.y, dx + dy)
    while true {
      dot(x, y, series, glyph: glyph)
      if x == b.x, y == b.y { return }
      let twice = 2 * error
      if twice >= dy {
        error += dy
        x += sx
      }
      if twice <= dx {
        error += dx
        y += sy
      }
    }
  }

  /// A row of cells from the top, coloured by series.
  func line(_ row: Int, _ style: ChartStyle) -> String {
    var text = ""
    for column in 0..<columns {
      let cell = row * columns + column
      guard dots[cell] != 0, let braille = Unicode.Scalar(0x2800 + UInt32(dots[cell])) else {
        text += " "
        continue
      }
      text += style.paint(String(glyphs[cell] ?? Character(braille)), owner[cell])
    }
    return text
  }
}

/// How series are told apart.
struct ChartStyle {
  var hasColors: Bool
  static let codes = [36, 33, 35, 32, 34, 31, 96, 93, 95, 92, 94, 91]
  static let marks: [Character] = ["●", "▲", "■", "◆", "○", "△", "□", "◇", "+", "×", "*", "#"]
  /// Fills of bars where there are no colours.
  static let fills: [Character] = ["█", "▓", "▒", "░", "▚", "▞", "▤", "▥", "▦", "▧", "▨", "▩"]

  func paint(_ text: String, _ series: Int) -> String {
    hasColors && series >= 0 ? "\u{1B}[\(Self.codes[series % Self.codes.count])m\(text)\u{1B}[0m" : text
  }
  func mark(_ series: Int) -> Character { hasColors ? "●" : Self.marks[series % Self.marks.count] }
  func fill(_ series: Int) -> Character { hasColors ? "█" : Self.fills[series % Self.fills.count] }
}

// SPDX-License-Identifier: Apache-2.0
import JSON

/// Conversions between units, named as the UnitsNet library names them, which Kusto uses.
extension Functions {
  static func convert(_ kind: String, _ units: [String: Double]) -> ScalarFunction {
    cells(
      "convert_\(kind)", "convert_\(kind)(value, from, to)",
      "A value of \(kind) in another unit, named as in '\(units.keys.sorted().first ?? "")'.", arity: 3...3,
      [.real, .string, .string], .real
    ) {
      guard let value = $0[0].double, let from = units[$0[1].text], let to = units[$0[2].text] else {
        return .null(.real)
      }
      return .real(value * from / to)
    }
  }

  /// Metres.
  static let lengths: [String: Double] = [
    "Angstrom": 1e-10, "AstronomicalUnit": 1.4959787070e11, "Centimeter": 0.01, "Chain": 20.1168, "DataMile": 1828.8,
    "Decameter": 10, "Decimeter": 0.1, "DtpPica": 0.0254 / 6, "DtpPoint": 0.0254 / 72, "Fathom": 1.8288,
    "Foot": 0.3048, "Hand": 0.1016, "Hectometer": 100, "Inch": 0.0254, "KilolightYear": 9.46073047258e18,
    "Kilometer": 1000, "Kiloparsec": 3.08567758128e19, "LightYear": 9.46073047258e15, "MegalightYear": 9.46073047258e21,
    "Megaparsec": 3.08567758128e22, "Meter": 1, "Microinch": 2.54e-8, "Micrometer": 1e-6, "Mil": 2.54e-5,
    "Mile": 1609.344, "Millimeter": 0.001, "Nanometer": 1e-9, "NauticalMile": 1852, "Parsec": 3.08567758128e16,
    "PrinterPica": 0.0254 / 6.02250006, "PrinterPoint": 0.0254 / 72.27, "Shackle": 27.432, "SolarRadius": 6.95510000e8,
    "Twip": 0.0254 / 1440, "UsSurveyFoot": 1200.0 / 3937, "Yard": 0.9144,
  ]
  /// Kilograms.
  static let masses: [String: Double] = [
    "Centigram": 1e-5, "Decagram": 0.01, "Decigram": 1e-4, "EarthMass": 5.9722e24, "Grain": 6.479891e-5, "Gram": 0.001,
    "Hectogram": 0.1, "Kilogram": 1, "Kilopound": 453.59237, "Kilotonne": 1e6, "LongHundredweight": 50.80234544,
    "LongTon": 1016.0469088, "Megapound": 453592.37, "Megatonne": 1e9, "Microgram": 1e-9, "Milligram": 1e-6,
    "Nanogram": 1e-12, "Ounce": 0.028349523125, "Pound": 0.45359237, "ShortHundredweight": 45.359237,
    "ShortTon": 907.18474, "Slug": 14.593902937, "SolarMass": 1.98947e30, "Stone": 6.35029318, "Tonne": 1000,
  ]
  /// Newtons.
  static let forces: [String: Double] = [
    "Decanewton": 10, "Dyn": 1e-5, "KilogramForce": 9.80665, "Kilonewton": 1000, "KiloPond": 9.80665,
    "KilopoundForce": 4448.2216152605, "Meganewton": 1e6, "Micronewton": 1e-6, "Millinewton": 0.001, "Newton": 1,
    "OunceForce": 0.27801385095378125, "PoundForce": 4.4482216152605, "Poundal": 0.138254954376,
    "ShortTonForce": 8896.443230521, "TonneForce": 9806.65,
  ]
  /// Joules.
  static let energies: [String: Double] = [
    "BritishThermalUnit": 1055.05585262, "Calorie": 4.184, "DecathermEc": 1055055852.62,
    "DecathermImperial": 1055055852.57348,
    "DecathermUs": 1054804000, "ElectronVolt": 1.602176634e-19, "Erg": 1e-7, "FootPound": 1.355817948,
    "GigabritishThermalUnit": 1055055852620, "GigaelectronVolt": 1.602176634e-10, "Gigajoule": 1e9,
    "GigawattDay": 8.64e13, "GigawattHour": 3.6e12, "HorsepowerHour": 2.6845195377e6, "Joule": 1,
    "KilobritishThermalUnit": 1055055.85262, "Kilocalorie": 4184, "KiloelectronVolt": 1.602176634e-16,
    "Kilojoule": 1000, "KilowattDay": 8.64e7, "KilowattHour": 3.6e6, "MegabritishThermalUnit": 1055055852.62,
    "Megacalorie": 4.184e6, "MegaelectronVolt": 1.602176634e-13, "Megajoule": 1e6, "MegawattDay": 8.64e10,
    "MegawattHour": 3.6e9, "Millijoule": 0.001, "TeraelectronVolt": 1.602176634e-7, "TerawattDay": 8.64e16,
    "TerawattHour": 3.6e15, "ThermEc": 105505585.262, "ThermImperial": 105505585.257348, "ThermUs": 105480400,
    "WattDay": 86400, "WattHour": 3600,
  ]
  /// Metres a second.
  static let speeds: [String: Double] = {
    let parts: [(name: String, length: Double)] = [
      ("Centimeter", 0.01), ("Decimeter", 0.1), ("Foot", 0.3048), ("Inch", 0.0254), ("Kilometer", 1000), ("Meter", 1),
      ("Micrometer", 1e-6), ("Millimeter", 0.001), ("Nanometer", 1e-9), ("UsSurveyFoot", 1200.0 / 3937),
      ("Yard", 0.9144),
    ]
    var units: [String: Double] = ["Knot": 0.514444, "MilePerHour": 0.44704, "Mach": 340.29]
    for part in parts {
      units[part.name + "PerHour"] = part.length / 3600
      units[part.name + "PerMinute"] = part.length / 60
      units[part.name + "PerSecond"] = part.length
    }
    return units
  }()
  /// Cubic metres.
  static let volumes: [String: Double] = [
    "AcreFoot": 1 / 0.000810714, "AuTablespoon": 2e-5, "BoardFoot": 2.3597372158e-3, "Centiliter": 1e-5,
    "CubicCentimeter": 1e-6, "CubicDecimeter": 0.001, "CubicFoot": 0.0283168, "CubicHectometer": 1e6,
    "CubicInch": 1.6387e-5, "CubicKilometer": 1e9, "CubicMeter": 1, "CubicMicrometer": 1e-18,
    "CubicMile": 4.16818182544058e9,
    "CubicMillimeter": 1e-9, "CubicYard": 0.764554858, "Decaliter": 0.01, "DecausGallon": 0.0378541, "Deciliter": 1e-4,
    "DeciusGallon": 3.78541e-4, "HectocubicFoot": 2.83168, "HectocubicMeter": 100, "Hectoliter": 0.1,
    "HectousGallon": 0.378541, "ImperialBeerBarrel": 0.16365924, "ImperialGallon": 0.00454609,
    "ImperialOunce": 2.8413062499962901241875439064617e-5, "ImperialPint": 5.6826125e-4, "KilocubicFoot": 28.3168,
    "KilocubicMeter": 1000, "KiloimperialGallon": 4.54609, "Kiloliter": 1, "KilousGallon": 3.78541, "Liter": 0.001,
    "MegacubicFoot": 28316.8, "MegaimperialGallon": 4546.09, "Megaliter": 1000, "MegausGallon": 3785.41,
    "MetricCup": 2.5e-4, "MetricTeaspoon": 5e-6, "Microliter": 1e-9, "Milliliter": 1e-6, "OilBarrel": 0.158987294928,
    "UkTablespoon": 1.5e-5, "UsBeerBarrel": 0.117347768, "UsCustomaryCup": 2.365882365e-4, "UsGallon": 0.00378541,
    "UsLegalCup": 2.4e-4, "UsOunce": 2.957352956253760505068307980135e-5, "UsPint": 4.73176473e-4,
    "UsQuart": 9.46352946e-4, "UsTablespoon": 1.478676478125e-5, "UsTeaspoon": 4.92892159375e-6,
  ]
  /// Degrees.
  static let angles: [String: Double] = [
    "Arcminute": 1.0 / 60, "Arcsecond": 1.0 / 3600, "Centiradian": 1.8 / Double.pi, "Deciradian": 18 / Double.pi,
    "Degree": 1, "Gradian": 0.9, "Microdegree": 1e-6, "Microradian": 180e-6 / Double.pi, "Millidegree": 0.001,
    "Milliradian": 0.18 / Double.pi, "Nanodegree": 1e-9, "Nanoradian": 180e-9 / Double.pi, "NatoMil": 360.0 / 6400,
    "Radian": 180 / Double.pi, "Revolution": 360,
  ]
  /// Kelvins are (value + offset) * scale.
  static let temperatures: [String: (scale: Double, offset: Double)] = [
    "Kelvin": (1, 0), "DegreeCelsius": (1, 273.15), "DegreeDelisle": (-2.0 / 3, -559.725),
    "DegreeFahrenheit": (5.0 / 9, 459.67), "DegreeNewton": (100.0 / 33, 90.1395), "DegreeRankine": (5.0 / 9, 0),
    "DegreeReaumur": (1.25, 218.52), "DegreeRoemer": (40.0 / 21, 135.90375), "MillidegreeCelsius": (0.001, 273_150),
    "SolarTemperature": (5778, 0),
  ]
}

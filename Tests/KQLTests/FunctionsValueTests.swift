// SPDX-License-Identifier: Apache-2.0
import KQL
import Testing

struct FunctionsValueTests {
  static let times: [(String, String)] = [
    ("unixtime_seconds_todatetime(1546300800)", #""2019-01-01T00:00:00.0000000Z""#),
    ("unixtime_milliseconds_todatetime(1546300800001)", #""2019-01-01T00:00:00.0010000Z""#),
    ("unixtime_microseconds_todatetime(1546300800000001)", #""2019-01-01T00:00:00.0000010Z""#),
    ("unixtime_nanoseconds_todatetime(1546300800000000100)", #""2019-01-01T00:00:00.0000001Z""#),
    ("unixtime_seconds_todatetime(9223372036854775807)", "null"),
    ("unixtime_milliseconds_todatetime(real(nan))", "null"),
    ("datetime_utc_to_local(datetime(2015-12-31 23:59:59.9), 'US/Eastern')", #""2015-12-31T18:59:59.9000000Z""#),
    ("datetime_local_to_utc(datetime(2022-03-27 02:00), 'Europe/Brussels')", #""2022-03-27T00:00:00.0000000Z""#),
    ("datetime_utc_to_local(datetime(2050-07-01), 'Europe/Paris')", #""2050-07-01T02:00:00.0000000Z""#),
    ("datetime_utc_to_local(datetime(2050-07-01), '../../etc/passwd')", "null"),
    ("around(5, 7, 2)", "true"),
    ("around(datetime(2021-01-01), datetime(2021-01-02), 1h)", "false"),
    ("around((-9223372036854775807 - 1), 9223372036854775807, 1)", "false"),
    ("datetime_diff('year', datetime(2017-01-01), datetime(2000-12-31))", "17"),
    ("datetime_add('month', 1, datetime(2024-01-31))", #""2024-02-29T00:00:00.0000000Z""#),
    ("datetime_add('year', 9223372036854775807, datetime(2024-01-31))", "null"),
    ("datetime_add('hour', 9223372036854775807, datetime(2024-01-31))", "null"),
    ("startofweek(datetime(2024-02-29))", #""2024-02-25T00:00:00.0000000Z""#),
    ("endofmonth(datetime(2024-02-10))", #""2024-02-29T23:59:59.9999999Z""#),
    ("startofyear(datetime(2024-02-29), -1)", #""2023-01-01T00:00:00.0000000Z""#),
    ("startofday(datetime(2024-02-29), 9223372036854775807)", "null"),
    ("bin(-3, 2)", "-4"),
    ("bin(5, 0)", "null"),
    ("bin((-9223372036854775807 - 1), 7)", "9223372036854775802"),
    ("bin_at(6, 5, 2)", "2"),
    ("format_datetime(datetime(2017-01-29 09:00:05.5), 'yy-MM-dd [HH:mm:ss.FFF]')", #""17-01-29 [09:00:05.5]""#),
    ("format_timespan(time(29.09:00:05.12345), 'd.hh:mm:ss [F]')", #""29.09:00:05 [1]""#),
    ("dayofweek(datetime(2024-03-01))", #""5.00:00:00""#),
    ("make_datetime(2017, 13, 1)", "null"),
    ("ingestion_time()", "null"),
  ]

  @Test(arguments: times) func `times are reckoned to the tick`(expression: String, expected: String) throws {
    let actual = try Ask.cell(expression)
    #expect(actual == expected)
  }

  static let values: [(String, String)] = [
    ("toint('1.5')", "null"), ("toint(1.9)", "1"), ("tolong('0x1F')", "31"), ("todouble('1e3')", "1000.0"),
    ("tobool('yes')", "null"),
    ("tobool('TRUE')", "true"), ("tolong(2s)", "20000000"), ("tostring(dynamic(null))", #""""#),
    ("tostring(true)", #""True""#),
    ("parse_json('[1,')", #""[1,""#), ("parse_json('{\"a\":[1]}').a[0]", "1"), ("gettype(dynamic([1]))", #""array""#),
    ("array_length(dynamic([1,2]))", "2"), ("array_length('x')", "null"),
    ("array_slice(dynamic([1,2,3]), -2, -1)", "[2,3]"),
    ("array_slice(dynamic([1,2,3]), (-9223372036854775807 - 1), 9223372036854775807)", "[1,2,3]"),
    ("array_index_of(dynamic(['a','b']), 'b')", "1"), ("array_concat(dynamic([1]), dynamic([2]))", "[1,2]"),
    ("set_union(dynamic([1,2]), dynamic([2,3]))", "[1,2,3]"), ("set_difference(dynamic([1,2]), dynamic([2]))", "[1]"),
    ("set_has_element(dynamic(['a']), 'a')", "true"), ("bag_keys(dynamic({'a':1}))", #"["a"]"#),
    ("bag_merge(dynamic({'a':1}), dynamic({'a':2,'b':3}))", #"{"a":1,"b":3}"#),
    ("bag_has_key(dynamic({'a':1}), 'b')", "false"),
    ("bag_remove_keys(dynamic({'a':1,'b':2}), dynamic(['a']))", #"{"b":2}"#), ("pack('a', 1)", #"{"a":1}"#),
    ("array_rotate_left(dynamic([1,2,3]), (-9223372036854775807 - 1))", "[3,1,2]"),
    ("array_sort_asc(dynamic([null,2,1]), false)", "[null,1,2]"),
    ("array_sort_desc(dynamic([1,3,2]), dynamic(['a','b','c']))[1]", #"["b","c","a"]"#),
    ("repeat(1, 3)", "[1,1,1]"), ("range(1, 9, 4)", "[1,5,9]"),
    ("range(1, 9223372036854775807, 9223372036854775806)", "[1,9223372036854775807]"),
    ("iff(bool(null), 1, 2)", "2"), ("case(false, 'a', true, 'b', 'c')", #""b""#), ("coalesce('', 'x')", #""x""#),
    ("isempty('')", "true"), ("isnull('')", "false"), ("isnotempty(dynamic(null))", "false"),
    ("not(bool(null))", "null"),
    ("min_of(1, 2.5)", "1.0"), ("max_of(1, 3, 2)", "3"), ("round(2.675, 2)", "2.68"),
    ("round(1.5, (-9223372036854775807 - 1))", "0.0"),
    ("abs((-9223372036854775807 - 1))", "9223372036854775807"), ("1 / 0", "null"),
    ("(-9223372036854775807 - 1) / -1", "-9223372036854775808"),
    ("-7 % 3", "2"), ("binary_shift_left(1, 9223372036854775807)", "-9223372036854775808"),
    ("toint(9223372036854775807)", "-1"),
    ("ipv4_is_private('10.1.2.3')", "true"), ("ipv4_is_private('nonsense')", "null"),
    ("ipv4_is_in_range('10.1.2.3', '10.0.0.0/8')", "true"),
    ("ipv4_compare('1.2.3.4/24', '1.2.3.9/24')", "0"), ("parse_ipv4('192.168.1.1/24')", "3232235776"),
    ("parse_ipv6('::1')", #""0000:0000:0000:0000:0000:0000:0000:0001""#),
    ("parse_version('1.2.3') < parse_version('1.10')", "true"),
    ("parse_url('https://u:p@h.io:8/a/b?x=1#f').Host", #""h.io""#), ("parse_path('/a/b.txt').Extension", #""txt""#),
    ("convert_length(1.2, 'Meter', 'Foot')", "3.9370078740157477"), ("convert_length(1, 'Meter', 'Cubit')", "null"),
    ("round(convert_temperature(100, 'DegreeCelsius', 'DegreeFahrenheit'), 9)", "212.0"),
    ("round(beta_cdf(0.2, 10.0, 20.0), 10)", "0.0492635173"),
    ("round(beta_pdf(0.5, 10.0, 20.0), 12)", "0.746176019311"),
    ("round(beta_inv(beta_cdf(0.3, 2.0, 5.0), 2.0, 5.0), 9)", "0.3"),
  ]

  @Test(arguments: values) func `values are converted, packed and compared`(expression: String, expected: String) throws
  {
    let actual = try Ask.cell(expression)
    #expect(actual == expected)
  }

  /// Texts of a column are read many at a time: what is no JSON, or more than one value, stays within its row.
  @Test(arguments: [1, 3000]) func `texts of a column are read each by itself`(times: Int) throws {
    let rows = try Ask.rows(
      """
      let texts = datatable(row:int, t:string)[
        0, '{"a":1}', 1, '[1', 2, ',2] 3', 3, '', 4, 'x', 5, '1 2', 6, 'null', 7, '  {"b":[1]} ', 8, '"q"', 9, '   '];
      texts
      | extend copies = range(1, \(times))
      | mv-expand copies to typeof(long)
      | extend t = iff(t startswith '{"a"' , strcat('{"a":', copies, '}'), t)
      | extend d = parse_json(t)
      | where copies == \(times)
      | order by row asc
      | project gettype(d), tostring(d)
      """)
    #expect(
      rows == #"""
        [["dictionary","{\"a\":\#(times)}"],["string","[1"],["string",",2] 3"],["null",""],["string","x"],\#
        ["string","1 2"],["null",""],["dictionary","{\"b\":[1]}"],["string","q"],["null",""]]
        """#)
  }
}

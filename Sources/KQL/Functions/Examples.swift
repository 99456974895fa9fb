// SPDX-License-Identifier: Apache-2.0

extension ScalarFunction {
  /// A query that shows the function, where one is kept.
  package var example: String? { Functions.example(name) }
}

extension AggregateFunction {
  /// A query that shows the aggregate, where one is kept.
  package var example: String? { Functions.aggregateExamples[name] }
}

/// Examples by name of function. A test runs each of them.
extension Functions {
  static func example(_ name: String) -> String? {
    examples[name].map { $0.contains(" | ") ? $0 : "print result = " + $0 }
  }

  /// The other names of a function, in order.
  package static func aliases(of name: String) -> [String] {
    aliases.filter { $0.value == name && $0.key != name }.map(\.key).sorted()
  }

  /// An expression, or a whole query where rows are needed.
  static let examples: [String: String] = numberExamples.merging(textExamples) { $1 }
    .merging(timeExamples) { $1 }.merging(dynamicExamples) { $1 }.merging(seriesExamples) { $1 }
    .merging(geoExamples) { $1 }

  private static let numberExamples: [String: String] = [
    "abs": "abs(-5)", "acos": "acos(0.5)", "around": "around(10.2, 10, 0.5)", "asin": "asin(0.5)", "atan": "atan(1)",
    "atan2": "atan2(1, 1)", "beta_cdf": "beta_cdf(0.9, 10, 20)", "beta_inv": "beta_inv(0.1, 10, 20)",
    "beta_pdf": "beta_pdf(0.5, 10, 20)", "bin": "bin(4.5, 1)", "bin_at": "bin_at(6.5, 2.5, 7)",
    "binary_and": "binary_and(12, 10)", "binary_not": "binary_not(5)", "binary_or": "binary_or(12, 10)",
    "binary_shift_left": "binary_shift_left(1, 4)", "binary_shift_right": "binary_shift_right(16, 4)",
    "binary_xor": "binary_xor(12, 10)", "bitset_count_ones": "bitset_count_ones(42)", "ceiling": "ceiling(1.2)",
    "convert_angle": "convert_angle(180, 'Degree', 'Radian')",
    "convert_energy": "convert_energy(1, 'KilowattHour', 'Joule')",
    "convert_force": "convert_force(1, 'Kilonewton', 'Newton')",
    "convert_length": "convert_length(1, 'Mile', 'Kilometer')", "convert_mass": "convert_mass(1, 'Pound', 'Gram')",
    "convert_speed": "convert_speed(100, 'KilometerPerHour', 'MeterPerSecond')",
    "convert_temperature": "convert_temperature(25, 'DegreeCelsius', 'DegreeFahrenheit')",
    "convert_volume": "convert_volume(1, 'UsGallon', 'Liter')", "cos": "cos(0)", "cot": "cot(1)",
    "degrees": "degrees(pi())", "erf": "erf(0.5)", "erfc": "erfc(0.5)", "exp": "exp(1)", "exp10": "exp10(2)",
    "exp2": "exp2(8)", "gamma": "gamma(5)", "isfinite": "isfinite(1.0 / 0)", "isinf": "isinf(1.0 / 0)",
    "isnan": "isnan(0.0 / 0)", "log": "log(10)", "log10": "log10(1000)", "log2": "log2(8)", "loggamma": "loggamma(5)",
    "max_of": "max_of(10, 1, -3, 17)", "min_of": "min_of(10, 1, -3, 17)", "pi": "pi()", "pow": "pow(2, 10)",
    "radians": "radians(180)", "rand": "rand() < 1", "round": "round(2.98765, 3)", "sign": "sign(-4.2)",
    "sin": "sin(0)", "sqrt": "sqrt(256)", "tan": "tan(0)", "tohex": "tohex(255)",
    "welch_test": "welch_test(3.0, 1.0, 30, 2.5, 1.2, 28)",
    "hash": "hash('World')", "hash_combine": "hash_combine(hash('a'), hash('b'))", "hash_many": "hash_many('a', 1)",
    "hash_md5": "hash_md5('World')", "hash_sha1": "hash_sha1('World')", "hash_sha256": "hash_sha256('World')",
    "hash_xxhash64": "hash_xxhash64('World')", "format_bytes": "format_bytes(2048, 1)",
    "row_cumsum": "range x from 1 to 3 step 1 | serialize total = row_cumsum(x)",
    "row_number": "range x from 10 to 12 step 1 | serialize place = row_number()",
    "row_rank_dense": "datatable(x: long)[1, 1, 2] | serialize rank = row_rank_dense(x)",
    "row_rank_min": "datatable(x: long)[1, 1, 2] | serialize rank = row_rank_min(x)",
    "prev": "range x from 1 to 3 step 1 | serialize before = prev(x)",
    "next": "range x from 1 to 3 step 1 | serialize after = next(x, 1, 0)",
    "tobool": "tobool('true')", "todecimal": "todecimal('1.5')", "toint": "toint('42')", "tolong": "tolong('0x2A')",
    "toreal": "toreal('1.5')",
  ]

  private static let textExamples: [String: String] = [
    "assert": "assert(1 < 2, 'order')", "base64_decode_toarray": "base64_decode_toarray('S3VzdG8=')",
    "base64_decode_toguid": "base64_decode_toguid('JpbpECu8dUy7Pv5gbeJXAA==')",
    "base64_decode_tostring": "base64_decode_tostring('S3VzdG8=')",
    "base64_encode_fromarray": "base64_encode_fromarray(dynamic([75, 117, 115, 116, 111]))",
    "base64_encode_fromguid": "base64_encode_fromguid(toguid('10e99626-bc2b-754c-bb3e-fe606de25700'))",
    "base64_encode_tostring": "base64_encode_tostring('Kusto')", "case": "case(5 < 3, 'low', 5 < 8, 'mid', 'high')",
    "coalesce": "coalesce(tolong('none'), 42)", "countof": "countof('banana', 'an')",
    "current_cluster_endpoint": "current_cluster_endpoint()", "current_database": "current_database()",
    "current_principal": "current_principal()", "current_principal_details": "current_principal_details()",
    "estimate_data_size": "estimate_data_size('abc', 1)", "extent_id": "extent_id()", "extent_tags": "extent_tags()",
    "extract": "extract('x=([0-9.]+)', 1, 'hello x=45.6|wo', typeof(real))",
    "extract_all": "extract_all('([a-z])([0-9])', 'a1 b2')",
    "extract_json": "extract_json('$.a.b', '{\"a\":{\"b\":7}}', typeof(long))",
    "format_ipv4": "format_ipv4('10.1.2.3', 24)",
    "format_ipv4_mask": "format_ipv4_mask('10.1.2.3', 24)", "gettype": "gettype(dynamic([1]))",
    "gzip_compress_to_base64_string": "gzip_compress_to_base64_string('abc')",
    "gzip_decompress_from_base64_string":
      "gzip_decompress_from_base64_string(gzip_compress_to_base64_string('abc'))",
    "has_any_index": "has_any_index('this is an example', dynamic(['an', 'example']))",
    "has_any_ipv4": "has_any_ipv4('from 10.0.0.1 to 10.0.0.2', dynamic(['10.0.0.2', '10.0.0.3']))",
    "has_any_ipv4_prefix": "has_any_ipv4_prefix('from 10.0.0.1', dynamic(['192.', '10.0.']))",
    "has_ipv4": "has_ipv4('from 10.0.0.1', '10.0.0.1')", "has_ipv4_prefix": "has_ipv4_prefix('from 10.0.0.1', '10.0.')",
    "iff": "iff(1 < 2, 'yes', 'no')", "indexof": "indexof('abcdefg', 'cde')",
    "indexof_regex": "indexof_regex('abcabc', 'a.c', 1)", "ipv4_compare": "ipv4_compare('10.0.0.1', '10.0.0.255', 24)",
    "ipv4_is_in_any_range": "ipv4_is_in_any_range('10.1.2.3', dynamic(['192.168.0.0/16', '10.0.0.0/8']))",
    "ipv4_is_in_range": "ipv4_is_in_range('10.1.2.3', '10.0.0.0/8')",
    "ipv4_is_match": "ipv4_is_match('10.0.0.1', '10.0.0.255', 24)", "ipv4_is_private": "ipv4_is_private('192.168.1.1')",
    "ipv4_netmask_suffix": "ipv4_netmask_suffix('10.1.2.0/24')",
    "ipv4_range_to_cidr_list": "ipv4_range_to_cidr_list('10.0.0.0', '10.0.0.5')",
    "ipv6_compare": "ipv6_compare('fe80::1', 'fe80::2', 64)",
    "ipv6_is_in_any_range": "ipv6_is_in_any_range('fe80::1', dynamic(['fe80::/10']))",
    "ipv6_is_in_range": "ipv6_is_in_range('fe80::1', 'fe80::/10')",
    "ipv6_is_match": "ipv6_is_match('fe80::1', 'fe80::2', 64)", "isascii": "isascii('abc')",
    "isempty": "isempty('')", "isnotempty": "isnotempty('a')", "isnotnull": "isnotnull(1)",
    "isnull": "isnull(long(null))", "isutf8": "isutf8('abc')", "make_string": "make_string(75, 117, 115, 116, 111)",
    "new_guid": "strlen(tostring(new_guid()))", "not": "not(1 > 2)",
    "parse_command_line": "parse_command_line('echo \"hello world\"', 'windows')",
    "parse_csv": "parse_csv('a,\"b,c\",d')", "parse_ipv4": "parse_ipv4('127.0.0.1')",
    "parse_ipv4_mask": "parse_ipv4_mask('127.0.0.1', 24)", "parse_ipv6": "parse_ipv6('::ffff:7f00:1')",
    "parse_ipv6_mask": "parse_ipv6_mask('fe80::85d:e82c:9446:7994', 120)",
    "parse_path": "parse_path(@'C:\\temp\\file.txt')",
    "parse_url": "parse_url('https://user:pw@example.com:80/path?k=v#top')",
    "parse_urlquery": "parse_urlquery('k1=v1&k2=v2')", "parse_version": "parse_version('1.2.3.4')",
    "parse_user_agent":
      "parse_user_agent('Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0', 'browser')",
    "punycode_domain_from_string": "punycode_domain_from_string('xn--bcher-kva.example')",
    "punycode_domain_to_string": "punycode_domain_to_string('bücher.example')",
    "punycode_from_string": "punycode_from_string('bücher')", "punycode_to_string": "punycode_to_string('bcher-kva')",
    "regex_quote": "regex_quote('(a.b)')", "replace_regex": "replace_regex('a1b2', '[0-9]', '#')",
    "replace_string": "replace_string('a-b-c', '-', '+')",
    "replace_strings": "replace_strings('a-b', dynamic(['a', 'b']), dynamic(['x', 'y']))", "reverse": "reverse('abc')",
    "split": "split('aaa_bbb_ccc', '_')", "strcat": "strcat('a', 1, true)",
    "strcat_delim": "strcat_delim('-', 1, '2', 'A')", "strcmp": "strcmp('abc', 'abd')",
    "string_size": "string_size('é')", "strlen": "strlen('é')", "strrep": "strrep('ab', 3, '-')",
    "substring": "substring('abcdefg', 1, 2)", "to_utf8": "to_utf8('Ab')",
    "toguid":
      "toguid('70fc66f7-8279-44fc-9092-d364d70fce44')",
    "tolower": "tolower('ABC')", "tostring": "tostring(123)", "toupper": "toupper('abc')",
    "translate": "translate('krasp', 'otsku', 'spark')", "trim": "trim('--', '--x--')",
    "trim_end": "trim_end('[.]com', 'bing.com')", "trim_start": "trim_start('www[.]', 'www.bing')",
    "unicode_codepoints_from_string": "unicode_codepoints_from_string('Ab')",
    "unicode_codepoints_to_string": "unicode_codepoints_to_string(65, 98)", "url_decode": "url_decode('a%20b')",
    "url_encode": "url_encode('a b')", "url_encode_component": "url_encode_component('a b/c')",
    "zlib_compress_to_base64_string": "zlib_compress_to_base64_string('abc')",
    "zlib_decompress_from_base64_string":
      "zlib_decompress_from_base64_string(zlib_compress_to_base64_string('abc'))",
    "geo_info_from_ip_address": "geo_info_from_ip_address('10.0.0.1')",
  ]

  private static let timeExamples: [String: String] = [
    "ago": "ago(1h) < now()", "datetime_add": "datetime_add('month', 1, datetime(2017-10-30))",
    "datetime_diff": "datetime_diff('day', datetime(2017-10-30 23:55), datetime(2017-10-29 23:00))",
    "datetime_list_timezones": "array_length(datetime_list_timezones()) > 0",
    "datetime_local_to_utc": "datetime_local_to_utc(datetime(2024-07-01 12:00), 'Europe/Paris')",
    "datetime_part": "datetime_part('month', datetime(2017-10-30))",
    "datetime_utc_to_local": "datetime_utc_to_local(datetime(2024-07-01 12:00), 'Europe/Paris')",
    "dayofmonth": "dayofmonth(datetime(2015-12-14))", "dayofweek": "dayofweek(datetime(2015-12-14))",
    "dayofyear": "dayofyear(datetime(2015-12-14))", "endofday": "endofday(datetime(2017-01-01 10:10))",
    "endofmonth": "endofmonth(datetime(2017-01-01), 1)", "endofweek": "endofweek(datetime(2017-01-01))",
    "endofyear": "endofyear(datetime(2017-01-01))",
    "format_datetime": "format_datetime(datetime(2017-01-29 09:00:05), 'yy-MM-dd [HH:mm:ss]')",
    "format_timespan": "format_timespan(time(29.09:00:05.12345), 'dd.hh:mm:ss [FF]')",
    "getmonth": "getmonth(datetime(2015-10-12))", "getyear": "getyear(datetime(2015-10-12))",
    "hourofday": "hourofday(datetime(2015-12-14 18:54))", "ingestion_time": "ingestion_time()",
    "make_datetime": "make_datetime(2017, 10, 1, 12, 10)", "make_timespan": "make_timespan(1, 12, 30, 55.123)",
    "monthofyear": "monthofyear(datetime(2015-12-14))", "now": "now() > datetime(2000-01-01)",
    "startofday": "startofday(datetime(2017-01-01 10:10))", "startofmonth": "startofmonth(datetime(2017-01-17), -1)",
    "startofweek": "startofweek(datetime(2017-01-04))", "startofyear": "startofyear(datetime(2017-05-01))",
    "todatetime": "todatetime('2015-12-31 23:59:59.9')", "totimespan": "totimespan('0.00:01:00')",
    "unixtime_microseconds_todatetime": "unixtime_microseconds_todatetime(1546300800000000)",
    "unixtime_milliseconds_todatetime": "unixtime_milliseconds_todatetime(1546300800000)",
    "unixtime_nanoseconds_todatetime": "unixtime_nanoseconds_todatetime(1546300800000000000)",
    "unixtime_seconds_todatetime": "unixtime_seconds_todatetime(1546300800)",
    "week_of_year": "week_of_year(datetime(2020-12-31))",
    "row_window_session":
      "datatable(t: datetime)[datetime(2024-01-01 00:00), datetime(2024-01-01 00:10), datetime(2024-01-01 02:00)] | serialize session = row_window_session(t, 1h, 20m)",
  ]

  private static let dynamicExamples: [String: String] = [
    "array_concat": "array_concat(dynamic([1, 2]), dynamic([3]))",
    "array_iff": "array_iff(dynamic([true, false]), dynamic([1, 2]), dynamic([3, 4]))",
    "array_index_of": "array_index_of(dynamic(['this', 'is', 'an']), 'is')",
    "array_length": "array_length(dynamic([1, 2, 3]))", "array_reverse": "array_reverse(dynamic([1, 2, 3]))",
    "array_rotate_left": "array_rotate_left(dynamic([1, 2, 3, 4, 5]), 2)",
    "array_rotate_right": "array_rotate_right(dynamic([1, 2, 3, 4, 5]), 2)",
    "array_shift_left": "array_shift_left(dynamic([1, 2, 3]), 1, 0)",
    "array_shift_right": "array_shift_right(dynamic([1, 2, 3]), 1, 0)",
    "array_slice": "array_slice(dynamic([1, 2, 3, 4, 5]), 2, -2)",
    "array_sort_asc": "array_sort_asc(dynamic([3, null, 1, 2]))",
    "array_sort_desc": "array_sort_desc(dynamic([3, null, 1, 2]))",
    "array_split": "array_split(dynamic([1, 2, 3, 4, 5]), 2)", "array_sum": "array_sum(dynamic([1, 2, 3]))",
    "bag_has_key": "bag_has_key(dynamic({'a': {'b': 1}}), '$.a.b')", "bag_keys": "bag_keys(dynamic({'a': 1, 'b': 2}))",
    "bag_merge": "bag_merge(dynamic({'a': 1}), dynamic({'a': 2, 'b': 3}))", "bag_pack": "bag_pack('a', 1, 'b', 'x')",
    "bag_pack_nonempty": "print a = 1, b = '' | project bag = pack_all(true)",
    "bag_remove_keys": "bag_remove_keys(dynamic({'a': 1, 'b': 2}), dynamic(['a']))",
    "bag_set_key": "bag_set_key(dynamic({'a': 1}), 'b', 2)",
    "bag_zip": "bag_zip(dynamic(['a', 'b']), dynamic([1, 2]))",
    "dcount_hll": "range x from 1 to 10 step 1 | summarize sketch = hll(x) | project dcount_hll(sketch)",
    "dynamic_to_json": "dynamic_to_json(dynamic({'b': 1, 'a': 2}))",
    "hll_merge":
      "range x from 1 to 10 step 1 | summarize a = hll(x), b = hll(x + 5) | project dcount_hll(hll_merge(a, b))",
    "index": "range x from 0 to 2 step 1 | extend item = dynamic(['a', 'b', 'c'])[x]",
    "jaccard_index": "jaccard_index(dynamic([1, 2, 3]), dynamic([1, 2, 4]))",
    "merge_tdigest":
      "range x from 1 to 10 step 1 | summarize a = tdigest(x), b = tdigest(x * 2) | project percentile_tdigest(merge_tdigest(a, b), 50)",
    "pack_array": "pack_array(1, 'a', true)", "parse_json": "parse_json('{\"a\": [1, 2]}')",
    "parse_xml": "parse_xml('<a b=\"1\"><c>x</c></a>')",
    "percentile_array_tdigest":
      "range x from 1 to 100 step 1 | summarize sketch = tdigest(x) | project percentile_array_tdigest(sketch, 50, 95)",
    "percentile_tdigest":
      "range x from 1 to 100 step 1 | summarize sketch = tdigest(x) | project percentile_tdigest(sketch, 95, typeof(long))",
    "percentiles_array_tdigest":
      "range x from 1 to 100 step 1 | summarize sketch = tdigest(x) | project percentiles_array_tdigest(sketch, dynamic([50, 95]))",
    "percentrank_tdigest":
      "range x from 1 to 100 step 1 | summarize sketch = tdigest(x) | project percentrank_tdigest(sketch, 40)",
    "range": "range(1, 9, 2)",
    "rank_tdigest": "range x from 1 to 100 step 1 | summarize sketch = tdigest(x) | project rank_tdigest(sketch, 40)",
    "repeat": "repeat(1, 3)", "set_difference": "set_difference(dynamic([1, 2, 3]), dynamic([2]))",
    "set_has_element": "set_has_element(dynamic([1, 2, 3]), 2)",
    "set_intersect": "set_intersect(dynamic([1, 2, 3]), dynamic([2, 3, 4]))",
    "set_union": "set_union(dynamic([1, 2]), dynamic([2, 3]))",
    "strcat_array": "strcat_array(dynamic([1, 2, 3]), '->')",
    "tdigest_merge":
      "range x from 1 to 10 step 1 | summarize a = tdigest(x), b = tdigest(x * 2) | project percentile_tdigest(tdigest_merge(a, b), 50)",
    "treepath": "treepath(dynamic({'a': 'b', 'c': {'d': 1}}))", "zip": "zip(dynamic([1, 3]), dynamic([2, 4]))",
  ]
}

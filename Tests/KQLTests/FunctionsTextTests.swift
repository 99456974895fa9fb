// SPDX-License-Identifier: Apache-2.0
import KQL
import Testing

/// One expression and its value as compact JSON.
struct FunctionsTextTests {
  static let codecs: [(String, String)] = [
    ("base64_encode_tostring('Kusto')", #""S3VzdG8=""#),
    ("base64_encode_tostring('')", #""""#),
    ("base64_decode_tostring('S3VzdG8=')", #""Kusto""#),
    ("base64_decode_tostring('S3VzdG8')", #""""#),
    ("base64_decode_tostring('!!!!')", #""""#),
    ("base64_decode_tostring('/w==')", #""""#),
    ("base64_decode_toarray('AP8=')", "[0,255]"),
    ("base64_encode_fromarray(dynamic([0, 255]))", #""AP8=""#),
    ("base64_encode_fromarray(dynamic([256]))", #""""#),
    ("base64_decode_toguid('JpbpECu8dUy7Pv5gbeJXAA==')", #""10e99626-bc2b-4c75-bb3e-fe606de25700""#),
    ("base64_decode_toguid('AAAA')", "null"),
    ("base64_encode_fromguid(guid(ae3133f2-6e22-49ae-b06a-16e6a9b212eb))", #""8jMxriJurkmwahbmqbIS6w==""#),
    ("gzip_decompress_from_base64_string(gzip_compress_to_base64_string('äöü'))", #""äöü""#),
    (
      "zlib_decompress_from_base64_string(zlib_compress_to_base64_string(strrep('abc', 1000))) == strrep('abc', 1000)",
      "true"
    ),
    // Compressed by zlib 1.3 at level 9: a fixed block, then a dynamic one.
    ("zlib_decompress_from_base64_string('eNrLSM3JyVfIQJAAOi4GfQ==')", #""hello hello hello""#),
    (
      "hash_md5(zlib_decompress_from_base64_string('eNrtzMERwCAIALBZaUXhFMRDYf2+u4MZIEDVwx5Q14S5V8FTQCaZvg2Y4w2iRBiCg3daRlde1no1a8J+xBc2uMlN/skHBmD9Cg=='))",
      #""bfaca66c05ace9d63ecc2001931bed81""#
    ),
    ("gzip_decompress_from_base64_string('AAAA')", #""""#),
    ("punycode_from_string('艺术')", #""cqv902d""#),
    ("punycode_to_string('cqv902d')", #""艺术""#),
    ("punycode_to_string('99999999999999999999')", #""""#),
    ("punycode_domain_to_string(\"Artorījos.edu\")", #""xn--Artorjos-ejb.edu""#),
  ]

  @Test(arguments: codecs) func `codecs read and write`(expression: String, expected: String) throws {
    let actual = try Ask.cell(expression)
    #expect(actual == expected)
  }

  static let readers: [(String, String)] = [
    (#"parse_command_line('echo "hello world!" print$?', 'windows')"#, #"["echo","hello world!","print$?"]"#),
    (#"parse_command_line(@'a\\b c\"d "e\\" f', 'windows')"#, #"["a\\\\b","c\"d","e\\","f"]"#),
    ("parse_command_line('', 'windows')", "null"),
    (
      "parse_xml('<a><b>1</b><b>2</b><c x=\"y\">t</c><d/></a>')",
      ##"{"a":{"b":["1","2"],"c":{"@x":"y","#text":"t"},"d":null}}"##
    ),
    ("parse_xml('<?xml version=\"1.0\"?><!-- c --><a><![CDATA[<&>]]>&lt;&#65;</a>')", #"{"a":"<&><A"}"#),
    ("parse_xml('<a><b></a>')", "null"),
    ("parse_xml('no xml')", "null"),
    ("parse_xml('<!DOCTYPE a><a/>')", "null"),
    ("geo_info_from_ip_address('1.2.3.4')", "{}"),
    ("replace_strings('cat dog', dynamic(['cat', 'dog']), dynamic(['dog', 'pig']))", #""dog pig""#),
    ("replace_strings('cat', dynamic(['cat']), '')", #""""#),
    ("tohex(toint(-256), 8)", #""ffffff00""#),
    ("tohex(-1)", #""ffffffffffffffff""#),
    ("indexof_regex('abc', 'a', -1)", "null"),
    ("split('a__b', '_')", #"["a","","b"]"#),
    ("split('a_b', '_', 9223372036854775807)", "null"),
    ("extract('a(.)', 9223372036854775807, 'ab')", #""""#),
    ("extract('x=(\\\\d+)', 1, 'x=45', typeof(long))", "45"),
    ("substring('abcdef', -3, 2)", #""de""#),
    ("substring('abcdef', 9223372036854775807, 9223372036854775807)", #""""#),
    ("substring('abcdef', 1, 9223372036854775807)", #""bcdef""#),
    ("substring('abcdef', (-9223372036854775807 - 1))", #""abcdef""#),
    ("indexof('abcabc', 'c', 3)", "5"),
    ("indexof('abc', 'b', (-9223372036854775807 - 1))", "1"),
    ("strlen('äö')", "2"),
    ("strrep('a', 3, '-')", #""a-a-a""#),
    ("trim('-', '--a-')", #""a""#),
    ("trim_start(@'[^\\w]+', '- a-')", #""a-""#),
    ("strcat(1, 'a', true)", #""1aTrue""#),
    ("strcat_delim('-', 'a', 1)", #""a-1""#),
    ("replace_regex('a1b2', @'(\\d)', @'<\\1>')", #""a<1>b<2>""#),
    ("extract_all(@'(\\w)(\\d)', 'a1 b2')", #"[["a","1"],["b","2"]]"#),
    ("extract_all('x', 'abc')", "null"),
    ("countof('aaa', 'aa')", "2"),
    ("url_encode_component('a b&c')", #""a%20b%26c""#),
    ("url_decode('a%20b%zz')", #""a b%zz""#),
    ("hash_sha256('')", #""e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855""#),
    ("hash_md5('a')", #""0cc175b9c0f1b6a831c399e269772661""#),
    ("hash('World')", "1846988464401551951"),
    ("hash('World', 100)", "51"),
    ("hash('World', 0)", "null"),
  ]

  @Test(arguments: readers) func `texts are read and cut`(expression: String, expected: String) throws {
    let actual = try Ask.cell(expression)
    #expect(actual == expected)
  }
}

// SPDX-License-Identifier: Apache-2.0

extension Functions {
  static let seriesExamples: [String: String] = {
    var found: [String: String] = [
      "series_cosine_similarity": "series_cosine_similarity(dynamic([1, 2]), dynamic([2, 4]))",
      "series_decompose":
        "print y = dynamic([1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4]) | extend series_decompose(y)",
      "series_decompose_anomalies":
        "print y = dynamic([1, 2, 3, 4, 1, 2, 3, 4, 1, 9, 3, 4, 1, 2, 3, 4]) | extend (flag, score, base) = series_decompose_anomalies(y)",
      "series_decompose_forecast": "series_decompose_forecast(dynamic([1, 2, 3, 4, 5, 6, 0, 0]), 2)",
      "series_dot_product": "series_dot_product(dynamic([1, 2]), dynamic([3, 4]))",
      "series_fft": "print y = dynamic([1, 0, 0, 0]) | extend (re, im) = series_fft(y)",
      "series_ifft":
        "print re = dynamic([1, 1, 1, 1]), im = dynamic([0, 0, 0, 0]) | extend (y, z) = series_ifft(re, im)",
      "series_fill_backward": "series_fill_backward(dynamic([null, 1, null, 3]))",
      "series_fill_const": "series_fill_const(dynamic([1, null, 3]), 0)",
      "series_fill_forward": "series_fill_forward(dynamic([1, null, 3, null]))",
      "series_fill_linear": "series_fill_linear(dynamic([1.0, null, 3.0]))",
      "series_fir": "series_fir(dynamic([1, 2, 3, 4]), dynamic([1, 1]))",
      "series_fit_2lines": "print y = dynamic([1, 2, 3, 9, 8, 7]) | extend (rsquare, split) = series_fit_2lines(y)",
      "series_fit_2lines_dynamic": "series_fit_2lines_dynamic(dynamic([1, 2, 3, 9, 8, 7]))",
      "series_fit_line": "print y = dynamic([2, 5, 6, 8, 11]) | extend (rsquare, slope) = series_fit_line(y)",
      "series_fit_line_dynamic": "series_fit_line_dynamic(dynamic([2, 5, 6, 8, 11]))",
      "series_fit_poly":
        "print y = dynamic([1, 4, 9, 16]), x = dynamic([1, 2, 3, 4]) | extend (rsquare, coefficients) = series_fit_poly(y, x, 2)",
      "series_iir": "series_iir(dynamic([1, 2, 3]), dynamic([1]), dynamic([1, -1]))",
      "series_magnitude": "series_magnitude(dynamic([3, 4]))",
      "series_outliers": "series_outliers(dynamic([1, 2, 3, 2, 1, 2, 3, 2, 30]))",
      "series_pearson_correlation": "series_pearson_correlation(dynamic([1, 2, 3]), dynamic([2, 4, 7]))",
      "series_periods_detect":
        "print y = dynamic([1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4]) | extend (periods, scores) = series_periods_detect(y, 0.0, 8.0, 1)",
      "series_periods_validate":
        "print y = dynamic([1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4]) | extend (periods, scores) = series_periods_validate(y, 4.0, 5.0)",
      "series_product": "series_product(dynamic([1, 2, 3]))",
      "series_seasonal": "series_seasonal(dynamic([1, 3, 5, 1, 3, 5, 2, 4, 6]), 3)",
      "series_stats": "print y = dynamic([23, 46, 23, 87]) | extend series_stats(y)",
      "series_stats_dynamic": "series_stats_dynamic(dynamic([23, 46, 23, 87]))",
      "series_sum": "series_sum(dynamic([1, 2, 3]))",
    ]
    for name in ["abs", "acos", "asin", "atan", "ceiling", "cos", "exp", "floor", "log", "sign", "sin", "tan"] {
      found["series_" + name] = "series_\(name)(dynamic([-0.5, 0.5, 1]))"
    }
    for name in [
      "add", "divide", "equals", "greater", "greater_equals", "less", "less_equals", "multiply", "not_equals", "pow",
      "subtract",
    ] { found["series_" + name] = "series_\(name)(dynamic([1, 2, 4]), dynamic([4, 2, 1]))" }
    return found
  }()

  private static let rows = "datatable(k: string, x: long, y: long)['a', 1, 2, 'a', 3, 5, 'b', 4, 7]"

  /// Whole queries, as an aggregate needs rows.
  static let aggregateExamples: [String: String] = {
    let calls: [String: String] = [
      "any": "any(x)", "anyif": "anyif(x, k == 'b')", "arg_max": "arg_max(x, k)", "arg_min": "arg_min(x, *)",
      "avg": "avg(x)", "avgif": "avgif(x, k == 'a')", "binary_all_and": "binary_all_and(x)",
      "binary_all_or": "binary_all_or(x)", "binary_all_xor": "binary_all_xor(x)",
      "buildschema": "buildschema(bag_pack('k', k, 'x', x))", "count": "count() by k",
      "count_distinct": "count_distinct(k)", "count_distinctif": "count_distinctif(k, x > 1)",
      "countif": "countif(x > 1)", "covariance": "covariance(x, y)", "covarianceif": "covarianceif(x, y, k == 'a')",
      "covariancep": "covariancep(x, y)", "covariancepif": "covariancepif(x, y, k == 'a')", "dcount": "dcount(k)",
      "dcountif": "dcountif(k, x > 1)", "hll": "dcount_hll(hll(x))", "hll_if": "dcount_hll(hll_if(x, k == 'a'))",
      "hll_merge": "sketch = hll(x) by k | summarize dcount_hll(hll_merge(sketch))",
      "make_bag": "make_bag(bag_pack(k, x))", "make_bag_if": "make_bag_if(bag_pack(k, x), x > 1)",
      "make_dictionary": "make_dictionary(bag_pack(k, x))", "make_list": "make_list(x) by k",
      "make_list_if": "make_list_if(x, x > 1)", "make_list_with_nulls": "make_list_with_nulls(x)",
      "make_set": "make_set(k)", "make_set_if": "make_set_if(k, x > 1)", "makelist": "makelist(x)",
      "makeset": "makeset(k)", "max": "max(x)", "maxif": "maxif(x, k == 'a')",
      "merge_tdigest": "sketch = tdigest(x) by k | summarize percentile_tdigest(merge_tdigest(sketch), 50)",
      "min": "min(x)", "minif": "minif(x, k == 'b')", "percentile": "percentile(x, 50)",
      "percentiles_array": "percentiles_array(x, 50, 95)", "percentilesw_array": "percentilesw_array(x, y, 50, 95)",
      "percentilew": "percentilew(x, y, 50)", "stdev": "stdev(x)", "stdevif": "stdevif(x, k == 'a')",
      "stdevp": "stdevp(x)", "stdevpif": "stdevpif(x, k == 'a')", "sum": "sum(x)", "sumif": "sumif(x, k == 'a')",
      "take_any": "take_any(x)", "take_anyif": "take_anyif(x, k == 'b')",
      "tdigest": "percentile_tdigest(tdigest(x), 50)",
      "tdigest_merge": "sketch = tdigest(x) by k | summarize percentile_tdigest(tdigest_merge(sketch), 50)",
      "variance": "variance(x)", "varianceif": "varianceif(x, k == 'a')", "variancep": "variancep(x)",
      "variancepif": "variancepif(x, k == 'a')",
    ]
    return calls.mapValues { rows + " | summarize " + $0 }
  }()
}

package io.gilgamesh.values.properties;

import io.gilgamesh.Python;
import io.gilgamesh.PythonObject;
import io.gilgamesh.testing.SameValues;

/** Sends samples to Python, which compares them with its own, and looks at what comes back. */
final class RoundTrip {

  private static final String CHECK =
      """
      import array, datetime, decimal, pathlib, struct, uuid, zoneinfo

      def real(bits):
          return struct.unpack("<d", struct.pack("<Q", bits))[0]

      def number(sign, digits, exponent):
          return decimal.Decimal((sign, tuple(map(int, digits)), exponent))

      def same(one, other):
          if type(one) is not type(other):
              return False
          if type(one) is float:
              return struct.pack("<d", one) == struct.pack("<d", other)
          if type(one) in (list, tuple):
              return len(one) == len(other) and all(map(same, one, other))
          if type(one) is dict:
              return same(list(one.items()), list(other.items()))
          if type(one) is array.array:
              return one.typecode == other.typecode and one.tobytes() == other.tobytes()
          if type(one) is decimal.Decimal:
              return one.as_tuple() == other.as_tuple()
          if type(one) in (datetime.datetime, datetime.time):
              return repr(one) == repr(other)
          return one == other

      def check(value, source):
          expected = eval(source)
          if not same(value, expected):
              raise AssertionError(f"Python has {value!r:.1000}, not {expected!r:.1000}")
          return value
      """;

  private final PythonObject check;

  RoundTrip(Python python) {
    var context = python.contexts().open("properties");
    context.exec(CHECK);
    check = context.get("check");
  }

  /** Fails where the value is another one in Python, or comes back as another one. */
  void verify(Sample sample) {
    Object back = check.applyTo(Object.class, sample.java(), sample.python());
    SameValues.assertSameValue(sample.back(), back);
  }
}

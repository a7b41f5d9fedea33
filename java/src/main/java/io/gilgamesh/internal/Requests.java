package io.gilgamesh.internal;

import io.gilgamesh.PythonKwargs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what a verb takes: one value, or positional and keyword arguments. */
final class Requests {

  private static final @Nullable Object[] ONE_NULL = {null};

  private Requests() {}

  static void value(Exchange to, @Nullable Object value) {
    try {
      ValueEncoder.write(to, value, 0);
    } catch (PathFailure e) {
      throw e.toConversion();
    } catch (StackOverflowError e) {
      throw PathFailure.noStack().toConversion();
    }
  }

  static void text(Exchange to, String text) {
    try {
      TextForms.write(to, text);
    } catch (PathFailure e) {
      throw e.toConversion();
    }
  }

  /**
   * Writes a list of rows, as many as there are.
   *
   * @return why the row after them cannot cross, null where all have one
   */
  static @Nullable RuntimeException rows(Exchange to, List<?> rows) {
    int at = to.reserve(5);
    int written = 0;
    RuntimeException failure = null;
    for (Object row : rows) {
      int start = to.position;
      try {
        ValueEncoder.write(to, row, 1);
        written++;
      } catch (PathFailure e) {
        to.position = start;
        failure = e.toConversion();
        break;
      }
    }
    to.buffer.put(at, Tag.LIST).putInt(at + 1, written);
    return failure;
  }

  /**
   * Writes Arguments. A single int takes a way of its own: short enough for the compiler to make it
   * part of the caller, always, so that the call allocates nothing.
   */
  static void arguments(Exchange to, @Nullable Object @Nullable [] given) {
    if (given != null && given.length == 1 && given[0] instanceof Long value) {
      int at = to.reserve(17);
      to.buffer.putInt(at, 1).putInt(at + 4, 0).put(at + 8, Tag.LONG).putLong(at + 9, value);
    } else {
      anyArguments(to, given);
    }
  }

  /** A null array is what {@code call("f", null)} makes of its one argument. */
  private static void anyArguments(Exchange to, @Nullable Object @Nullable [] given) {
    @Nullable Object[] arguments = given == null ? ONE_NULL : given;
    int positional = arguments.length;
    while (positional > 0 && arguments[positional - 1] instanceof PythonKwargs) {
      positional--;
    }
    int at = to.reserve(8);
    to.buffer.putInt(at, positional).putInt(at + 4, 0);
    positional(to, arguments, positional);
    if (positional < arguments.length) {
      int keywords = keywords(to, merge(arguments, positional));
      to.buffer.putInt(at + 4, keywords);
    }
  }

  private static void positional(Exchange to, @Nullable Object[] arguments, int count) {
    int i = 0;
    try {
      for (; i < count; i++) {
        ValueEncoder.write(to, arguments[i], 0);
      }
    } catch (PathFailure e) {
      throw e.within(arguments, i).toConversion();
    } catch (StackOverflowError e) {
      throw PathFailure.noStack().within(arguments, i).toConversion();
    }
  }

  /** Writes the Arguments of a job: whether all variables are wanted, then its inputs. */
  static void named(Exchange to, boolean all, List<JobVariable> inputs, @Nullable Object[] values) {
    int at = to.reserve(8);
    to.buffer.putInt(at, 1 + values.length).putInt(at + 4, 0);
    value(to, all);
    int i = 0;
    try {
      for (; i < values.length; i++) {
        ValueEncoder.write(to, values[i], 0);
      }
    } catch (PathFailure e) {
      throw e.within(values, inputs.get(i).step()).toConversion();
    } catch (StackOverflowError e) {
      throw PathFailure.noStack().within(values, inputs.get(i).step()).toConversion();
    }
  }

  private static int keywords(Exchange to, Map<String, ? extends @Nullable Object> keywords) {
    for (Map.Entry<String, ? extends @Nullable Object> keyword : keywords.entrySet()) {
      TextForms.write(to, keyword.getKey());
      try {
        ValueEncoder.write(to, keyword.getValue(), 0);
      } catch (PathFailure e) {
        throw e.withinValue(keywords, keyword.getKey()).toConversion();
      } catch (StackOverflowError e) {
        throw PathFailure.noStack().withinValue(keywords, keyword.getKey()).toConversion();
      }
    }
    return keywords.size();
  }

  private static Map<String, @Nullable Object> merge(@Nullable Object[] arguments, int from) {
    Map<String, @Nullable Object> merged = new LinkedHashMap<>();
    for (int i = from; i < arguments.length; i++) {
      if (arguments[i] instanceof PythonKwargs kwargs) {
        kwargs.asMap().forEach((name, value) -> add(merged, name, value));
      }
    }
    return merged;
  }

  private static void add(
      Map<String, @Nullable Object> merged, String name, @Nullable Object value) {
    if (merged.containsKey(name)) {
      throw StackTraces.trimmed(
          new IllegalArgumentException("keyword argument '" + name + "' is given twice"));
    }
    merged.put(name, value);
  }
}

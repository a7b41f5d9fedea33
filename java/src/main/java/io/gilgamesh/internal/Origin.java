package io.gilgamesh.internal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which verb gave a handle: what an error calls it by. */
public enum Origin {
  APPLY("the result of apply()"),
  CALL("the result of call(%s)"),
  ATTRIBUTE("attr(%s)"),
  ITEM("item(%s)"),
  EVAL("the result of eval(%s)"),
  IMPORT("the module %s"),
  VARIABLE("the variable %s"),
  MADE("the object made by toPython"),
  OPERATOR("the result of an operator"),
  ELEMENT("an element of an iteration"),
  ARGUMENT("an argument of a call from Python"),
  ITERATOR("an iterator"),
  TYPE("a type"),
  EXCEPTION("the exception object %s"),
  VALUE("a part of a converted value"),
  GLOBALS("the globals"),
  NONE("None");

  private static final int MAX_SHOWN = 40;

  private final String pattern;

  Origin(String pattern) {
    this.pattern = pattern;
  }

  /**
   * Describes a handle.
   *
   * @param detail the verb's name or key
   * @return such as {@code the result of call("read_csv")}
   */
  public String describe(@Nullable Object detail) {
    return String.format(Locale.ROOT, pattern, show(detail));
  }

  private static String show(@Nullable Object detail) {
    if (!(detail instanceof String text)) {
      return detail instanceof Long || detail instanceof Integer ? detail.toString() : "...";
    }
    String line = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
    return '"' + line.replace("\n", "\\n") + '"';
  }
}

package io.gilgamesh.internal;

import org.jspecify.annotations.Nullable;

/** Checks what callers pass, before anything crosses to Python. */
public final class Parameters {

  private Parameters() {}

  /**
   * Refuses null where something is required.
   *
   * @param <T> the value's type
   * @param value what was passed
   * @param parameter the parameter's name
   * @return the value
   * @throws NullPointerException if it is null; the message names the parameter
   */
  public static <T> T required(@Nullable T value, String parameter) {
    if (value == null) {
      throw StackTraces.trimmed(new NullPointerException(parameter + " is null"));
    }
    return value;
  }

  /**
   * Refuses a variable that Python code could not name. Keywords pass.
   *
   * @param name what was passed
   * @return the name
   * @throws IllegalArgumentException if it is no Python identifier
   */
  public static String identifier(@Nullable String name) {
    String given = required(name, "name");
    if (!isIdentifier(given)) {
      throw StackTraces.trimmed(
          new IllegalArgumentException(
              "a variable's name is a Python identifier, not '" + shown(given) + "'"));
    }
    return given;
  }

  private static boolean isIdentifier(String name) {
    return !name.isEmpty()
        && isStart(name.codePointAt(0))
        && name.codePoints().allMatch(Parameters::isPart);
  }

  private static boolean isStart(int character) {
    return character == '_' || Character.isUnicodeIdentifierStart(character);
  }

  /** Java lets invisible characters be part of a name, Python does not. */
  private static boolean isPart(int character) {
    return Character.isUnicodeIdentifierPart(character)
        && !Character.isIdentifierIgnorable(character);
  }

  private static String shown(String name) {
    String line = name.length() <= 40 ? name : name.substring(0, 40) + "...";
    return line.replace("\n", "\\n");
  }
}

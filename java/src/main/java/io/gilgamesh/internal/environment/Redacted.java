package io.gilgamesh.internal.environment;

import java.util.List;
import java.util.regex.Pattern;

/** Texts without the passwords in their URLs, for messages and markers. */
final class Redacted {
  private static final Pattern CREDENTIALS = Pattern.compile("(://)[^/@\\s]+@");

  private Redacted() {}

  static String text(String text) {
    return CREDENTIALS.matcher(text).replaceAll("$1****@");
  }

  static List<String> texts(List<String> texts) {
    return texts.stream().map(Redacted::text).toList();
  }
}

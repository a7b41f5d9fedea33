package io.gilgamesh.internal.environment;

import java.util.List;
import java.util.regex.Pattern;

/** Texts without the passwords in their URLs, for messages and markers. */
final class Redacted {
  private Redacted() {}

  /** Apart, since most texts need no pattern. */
  private static final class Urls {
    static final Pattern CREDENTIALS = Pattern.compile("(://)[^/@\\s]+@");
  }

  static String text(String text) {
    return text.contains("://") ? Urls.CREDENTIALS.matcher(text).replaceAll("$1****@") : text;
  }

  static List<String> texts(List<String> texts) {
    return texts.stream().map(Redacted::text).toList();
  }
}

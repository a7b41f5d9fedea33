package io.gilgamesh;

/** Writes a traceback as Python's own module does, for exceptions whose object is gone. */
final class TracebackText {

  private static final String EXPLICIT =
      "\nThe above exception was the direct cause of the following exception:\n\n";
  private static final String IMPLICIT =
      "\nDuring handling of the above exception, another exception occurred:\n\n";

  private TracebackText() {}

  static String of(PythonException exception) {
    StringBuilder text = new StringBuilder();
    write(text, exception);
    return text.toString();
  }

  private static void write(StringBuilder text, PythonException exception) {
    if (exception.getCause() instanceof PythonException cause) {
      write(text, cause);
      text.append(exception.hasExplicitCause() ? EXPLICIT : IMPLICIT);
    }
    if (!exception.frames().isEmpty()) {
      text.append("Traceback (most recent call last):\n");
      exception.frames().forEach(frame -> writeFrame(text, frame));
    }
    exception.syntax().ifPresent(place -> writeSyntax(text, place));
    text.append(exception.getMessage()).append('\n');
    exception.notes().forEach(note -> text.append(note).append('\n'));
    writeMembers(text, exception);
  }

  private static void writeFrame(StringBuilder text, PythonFrame frame) {
    text.append("  File \"").append(frame.file()).append("\", line ").append(frame.line());
    text.append(", in ").append(frame.function()).append('\n');
  }

  private static void writeSyntax(StringBuilder text, PythonException.SyntaxLocation place) {
    text.append("  File \"").append(place.file() == null ? "<string>" : place.file());
    text.append("\", line ").append(place.line()).append('\n');
    String source = place.text();
    if (source != null && !source.isBlank()) {
      int indent = source.length() - source.stripLeading().length();
      text.append("    ").append(source.strip()).append('\n');
      text.append(" ".repeat((int) Math.max(4, 3 + place.column() - indent))).append("^\n");
    }
  }

  private static void writeMembers(StringBuilder text, PythonException group) {
    int number = 1;
    for (PythonException member : group.exceptions()) {
      text.append("  +---------------- ").append(number++).append(" ----------------\n");
      of(member).lines().forEach(line -> text.append("    | ").append(line).append('\n'));
    }
  }
}

package io.gilgamesh.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonStreams;
import io.gilgamesh.testing.InContext;
import io.gilgamesh.testing.RecordedLogs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the Python code of a context writes and reads goes where its owner said. */
class StreamsTest extends InContext {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> lines = new ArrayList<>();

  private void toStreams() {
    context.setStreams(PythonStreams.inherit().stdout(out).stderr(err));
  }

  private void toLines() {
    context.setStreams(PythonStreams.inherit().stdout(lines::add));
  }

  private String out() {
    return out.toString(UTF_8);
  }

  // ---- whose output it is

  @Test
  void outAndErrGoToTheirStreams() {
    toStreams();
    context.exec("import sys\nprint('one', 2)\nprint('bad', file=sys.stderr)");
    assertEquals("one 2\n", out());
    assertEquals("bad\n", err.toString(UTF_8));
  }

  @Test
  void anotherContextHasItsOwnStreams() {
    toStreams();
    List<String> others = new ArrayList<>();
    PythonContext other = python.contexts().open("other");
    other.setStreams(PythonStreams.inherit().stdout(others::add));
    other.exec("print('other')");
    context.exec("print('mine')");
    assertEquals("mine\n", out());
    assertEquals(List.of("other"), others);
  }

  @Test
  void aFunctionOfAnotherContextPrintsWhereItsHandleBelongs() {
    toStreams();
    PythonContext other = python.contexts().open("other");
    other.setStreams(PythonStreams.inherit().stdout(lines::add));
    context.set("call", (Runnable) () -> other.exec("print('inner')"));
    context.exec("print('before'); call(); print('after')");
    assertEquals("before\nafter\n", out());
    assertEquals(List.of("inner"), lines);
  }

  @Test
  void newStreamsTakeThePlaceOfTheFormerOnes() {
    toStreams();
    context.exec("print('first')");
    toLines();
    context.exec("print('second')");
    context.setStreams(PythonStreams.inherit());
    assertEquals("first\n", out());
    assertEquals(List.of("second"), lines);
    assertTrue(context.evalBoolean("__import__('sys').stdout.fileno() == 1"));
  }

  @Test
  void pythonCodeThatReplacesAStreamHasWhatItPutThere() {
    toStreams();
    context.exec(
        "import contextlib, io\n"
            + "with contextlib.redirect_stdout(io.StringIO()) as text: print('kept')\n"
            + "print('sent', text.getvalue(), end='')");
    assertEquals("sent kept\n", out());
  }

  @Test
  void whoeverTookTheStreamBeforeWritesToThatOfTheInterpreter() {
    toStreams();
    context.exec("import sys\noriginal = sys.__stdout__\noriginal.write('')");
    assertTrue(context.evalBoolean("original is not sys.stdout and original.fileno() == 1"));
  }

  // ---- lines and parts of them

  @Test
  void aPartOfALineComesWhenItIsFlushedOrTheVerbEnds() {
    toStreams();
    List<String> seen = new ArrayList<>();
    context.set("look", (Runnable) () -> seen.add(out()));
    context.exec(
        "print('a', end=''); look(); print('b', end='', flush=True); look()\n"
            + "print('c\\nd', end=''); look()");
    assertEquals(List.of("", "ab", "abc\n"), seen);
    assertEquals("abc\nd", out());
  }

  @Test
  void callbacksGetLinesWithoutTheirEnds() {
    toLines();
    context.exec("print('one\\n\\ntwo'); print(end='three'); print(); print('rest', end='')");
    assertEquals(List.of("one", "", "two", "three", "rest"), lines);
  }

  @Test
  void aLineInManyPiecesOrOfManyCharactersIsWhole() {
    toStreams();
    context.exec("for i in range(5000): print(i % 10, end='')\nprint('x' * 100_000)");
    assertEquals("0123456789".repeat(500) + "x".repeat(100_000) + "\n", out());
  }

  @Test
  void megabytesComeWhole() {
    toStreams();
    context.exec("print('é' * 5_000_000)");
    assertEquals(10_000_001, out.size());
  }

  // ---- text and bytes

  @Test
  void anyTextComesAsItIs() {
    String text = "NUL \0, ä, \uD83D\uDE00, \u2028, \r";
    toStreams();
    context.exec("print(text, end='')", java.util.Map.of("text", text));
    assertEquals(text, out());
    toLines();
    context.exec("print('\\ud800', end='')");
    assertEquals(List.of("\uD800"), lines);
  }

  @Test
  void whatUtf8CannotSayIsWrittenAsPythonWouldWriteIt() {
    toStreams();
    context.exec("import sys\nprint('\\udcff', end='')\nprint('\\ud800', file=sys.stderr, end='')");
    assertEquals((byte) 0xff, out.toByteArray()[0]);
    assertEquals("\\ud800", err.toString(UTF_8));
    assertEquals(
        "UnicodeEncodeError",
        assertThrows(PythonException.class, () -> context.exec("print('\\ud800')")).type());
  }

  @Test
  void bytesKeepTheirPlaceAmongTheText() {
    toStreams();
    context.exec(
        "import sys\nprint('a', end='')\nsys.stdout.buffer.write(b'\\xfe')\nprint('b', end='')");
    assertEquals("61fe62", java.util.HexFormat.of().formatHex(out.toByteArray()));
  }

  @Test
  void bytesForACallbackAreReadAsUtf8() {
    toLines();
    context.exec(
        "import sys\n"
            + "for part in (b'\\xc3', b'\\xa4\\n"
            + "', b'\\xff\\n"
            + "'): sys.stdout.buffer.write(part)");
    assertEquals(List.of("ä", "\uFFFD"), lines);
  }

  // ---- what kind of object it is

  @Test
  void theStreamsAreTextStreamsToPython() {
    toStreams();
    context.exec("import io, sys\no = sys.stdout");
    assertTrue(context.evalBoolean("isinstance(o, io.TextIOBase) and o.writable()"));
    assertEquals("utf-8", context.evalText("o.encoding"));
    assertTrue(context.evalBoolean("not o.isatty() and not o.closed and not o.readable()"));
    assertEquals(6L, context.evalLong("o.write('äöü\\n') + o.buffer.write(bytearray(b'1\\n'))"));
    context.exec("o.writelines(['x', 'y\\n']); o.reconfigure(errors='replace')\nprint('\\ud800')");
    context.exec("with o: print('closing does not close')\nprint('open')", "<test>");
    assertEquals("äöü\n1\nxy\n?\nclosing does not close\nopen\n", out());
  }

  @Test
  void whatAStreamCannotDoIsRefused() {
    toStreams();
    context.exec("import sys");
    for (String refused :
        List.of(
            "UnsupportedOperation: sys.stdout.fileno()",
            "UnsupportedOperation: sys.stdout.read()",
            "UnsupportedOperation: sys.stdout.reconfigure(encoding='latin-1')",
            "TypeError: sys.stdout.write(b'')",
            "TypeError: sys.stdout.write(None)",
            "TypeError: sys.stdout.buffer.write('')",
            "AttributeError: sys.stdout.nothing")) {
      String[] parts = refused.split(": ", 2);
      PythonException thrown =
          assertThrows(PythonException.class, () -> context.exec(parts[1]), refused);
      assertTrue(thrown.type().endsWith(parts[0]), thrown.toString());
    }
  }

  // ---- input

  @Test
  void inputIsReadFromAStream() {
    byte[] text = "eins\nzwei\ndrei\nvier ä".getBytes(UTF_8);
    context.setStreams(
        PythonStreams.inherit().stdin(new ByteArrayInputStream(text)).stdout(lines::add));
    context.exec(
        "import sys\na = input('? '); b = sys.stdin.readline(); c = next(iter(sys.stdin))");
    assertEquals("eins|zwei\n|drei\n", context.evalText("'|'.join((a, b, c))"));
    assertEquals("vier ä", context.evalText("sys.stdin.read()"));
    assertEquals(List.of("? "), lines);
    assertEquals(
        "EOFError", assertThrows(PythonException.class, () -> context.exec("input()")).type());
  }

  @Test
  void inputIsReadFromAText() {
    context.setStreams(PythonStreams.inherit().stdin("1\r\n2\n\uD83D\uDE00"));
    context.exec("import sys");
    assertEquals(
        "['1', '2', '\uD83D\uDE00']", context.evalText("str([l.strip() for l in sys.stdin])"));
  }

  @Test
  void aStreamGivesWhatItHasAtOnce() {
    context.setStreams(
        PythonStreams.inherit()
            .stdin(
                new ByteArrayInputStream("ab\ncd\n".getBytes(UTF_8)) {
                  @Override
                  public synchronized int read(byte[] to, int at, int length) {
                    return super.read(to, at, Math.min(length, 1));
                  }
                }));
    assertEquals("ab", context.evalText("input()"));
    assertEquals("cd\n", context.evalText("__import__('sys').stdin.readline()"));
  }

  // ---- failures

  @Test
  void whatAStreamThrowsIsRaisedByTheWrite() {
    context.setStreams(
        PythonStreams.inherit()
            .stdout(
                new OutputStream() {
                  @Override
                  public void write(int one) throws IOException {
                    throw new IOException("the disk is full");
                  }
                }));
    context.exec(
        "from java.io import IOException\n"
            + "try: print('x')\nexcept IOException as e: seen = str(e)");
    assertEquals("the disk is full", context.evalText("seen"));
    PythonException thrown = assertThrows(PythonException.class, () -> context.exec("print('x')"));
    assertEquals(IOException.class, thrown.getCause().getClass());
  }

  @Test
  void aFailureAtTheEndOfAVerbIsLogged() throws Exception {
    Consumer<String> failing =
        line -> {
          throw new IllegalArgumentException("not " + line);
        };
    context.setStreams(PythonStreams.inherit().stdout(failing));
    assertEquals(1, context.evalLong("print('this', end='') or 1"));
    RecordedLogs.await("the last output of Python code could not be written");
  }

  @Test
  void aCallbackThatPrintsToItselfDoesNotRecurse() {
    Consumer<String> printing =
        line -> {
          lines.add(line);
          context.exec("print('[StreamsTest: written to the real stdout]')");
        };
    context.setStreams(PythonStreams.inherit().stdout(printing));
    context.exec("print('once')");
    assertEquals(List.of("once"), lines);
  }

  // ---- the end

  @Test
  void closingSendsWhatIsPendingAndFlushes() throws Exception {
    List<String> flushes = new ArrayList<>();
    OutputStream flushed =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            flushes.add(toString(UTF_8));
          }
        };
    context.setStreams(PythonStreams.inherit().stdout(flushed));
    context.exec(
        "import threading\nwritten, go = threading.Event(), threading.Event()\n"
            + "def work():\n"
            + "    print('pending', end=''); written.set(); go.wait()\n"
            + "    print('[StreamsTest: after the close]')\n"
            + "t = threading.Thread(target=work); t.start(); written.wait()");
    PythonContext other = python.contexts().open("other");
    other.set("go", context.get("go"));
    other.set("t", context.get("t"));
    context.close();
    other.exec("go.set(); t.join()");
    assertEquals(List.of("pending"), flushes);
  }

  @Test
  void aClosedContextTakesNoStreams() {
    context.close();
    assertThrows(
        IllegalStateException.class, () -> context.setStreams(PythonStreams.inherit().stdin("x")));
    assertThrows(IllegalStateException.class, () -> context.capture(() -> {}));
  }

  @Test
  void nothingIsNoStream() {
    PythonStreams none = PythonStreams.inherit();
    assertThrows(NullPointerException.class, () -> none.stdout((OutputStream) null));
    assertThrows(NullPointerException.class, () -> none.stderr((Consumer<String>) null));
    assertThrows(NullPointerException.class, () -> none.stdin((String) null));
    assertThrows(NullPointerException.class, () -> context.setStreams(null));
    assertThrows(NullPointerException.class, () -> context.withStreams(none, (Runnable) null));
    assertEquals(
        "PythonStreams[stdin=given stdout=inherited stderr=inherited]", none.stdin("").toString());
  }
}

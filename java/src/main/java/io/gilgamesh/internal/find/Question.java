package io.gilgamesh.internal.find;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks an interpreter, once and in a process of its own, what it is and where its library is. */
final class Question {
  /**
   * Says one {@code key=value} a line, in UTF-8, after a line that tells it from what a launcher
   * may have printed. Plain enough for Python 2, so that a Python too old can say so. The library
   * that the interpreter itself has mapped comes first, then those that lie beside it, last what
   * was true on the machine that built it.
   */
  private static final String SCRIPT =
      """
      import os, sys
      try:
          from sysconfig import get_config_var as var
      except Exception:
          var = lambda name: None
      exe = sys.executable or ''
      base = os.path.normpath(getattr(sys, 'base_prefix', sys.prefix))
      prefix = base
      for folder in (os.path.dirname(exe), os.path.dirname(os.path.dirname(exe))):
          if os.path.isfile(os.path.join(folder, 'pyvenv.cfg')):
              prefix = os.path.normpath(folder)
              break
      v = '%d.%d' % sys.version_info[:2]
      paths = []
      try:
          maps = open('/proc/self/maps', 'rb')
          paths += [os.fsdecode(l.split(None, 5)[5].rstrip(b'\\n')) for l in maps if b'/libpython' in l]
          maps.close()
      except Exception:
          pass
      if var('PYTHONFRAMEWORK'):
          paths.append(os.path.join(var('PYTHONFRAMEWORKPREFIX') or '', var('INSTSONAME') or ''))
          paths.append(os.path.join(base, var('PYTHONFRAMEWORK')))
      real = os.path.dirname(os.path.realpath(exe))
      lib = var('LIBDIR') or ''
      arch = var('MULTIARCH') or ''
      names = [var('INSTSONAME'), var('LDLIBRARY')]
      for abi in (getattr(sys, 'abiflags', ''), ''):
          names += ['libpython' + v + abi + end for end in ('.so.1.0', '.so', '.dylib')]
      names.append('python' + v.replace('.', '') + '.dll')
      for folder in (os.path.join(base, 'lib'), os.path.join(base, 'lib64'), os.path.join(base, 'lib', arch), base,
                     os.path.join(os.path.dirname(real), 'lib'), real, lib, os.path.join(lib, arch), var('LIBPL') or ''):
          if folder:
              paths += [os.path.join(folder, name) for name in names if name]
      paths = [os.path.normpath(p) for p in paths if p.split('.')[-1] != 'a']
      found = [p for p in paths if os.path.isfile(p)]
      tried = []
      for p in paths:
          if os.path.dirname(p) not in tried:
              tried.append(os.path.dirname(p))
      implementation = getattr(sys, 'implementation', None)
      lines = ['gilgamesh-answer',
               'implementation=' + getattr(implementation, 'name', 'cpython'),
               'version=' + '%d.%d.%d' % sys.version_info[:3] + ('' if sys.version_info[3] == 'final' else sys.version_info[3]),
               'hexversion=%d' % sys.hexversion,
               'executable=' + exe,
               'prefix=' + prefix,
               'base=' + base,
               'library=' + (found[0] if found else ''),
               'tried=' + ', '.join(tried),
               'shared=%d' % bool(var('Py_ENABLE_SHARED')),
               'freethreaded=%d' % bool(var('Py_GIL_DISABLED')),
               'arch=' + arch]
      text = '\\n'.join(lines) + '\\n'
      data = text.encode('utf-8', 'surrogateescape') if str is not bytes else text
      getattr(sys.stdout, 'buffer', sys.stdout).write(data)
      """;

  private Question() {}

  /** Asks the interpreter for an answer that still has to be judged. */
  static Answer ask(Path executable, Duration limit) throws UnusablePythonException {
    Subprocess.Result result;
    try {
      // -B: what is asked is not changed by asking, not even by a __pycache__.
      result =
          Subprocess.run(List.of(executable.toString(), "-I", "-S", "-B", "-c", SCRIPT), limit);
    } catch (IOException e) {
      throw new UnusablePythonException("cannot be run: " + whyNotRun(executable, e), e);
    }
    if (result.timedOut()) {
      throw new UnusablePythonException(
          "did not answer within "
              + limit.toMillis()
              + " ms and was ended; run it by hand to see what it waits for"
              + said(result));
    }
    return Answer.parse(result.output()).orElseThrow(() -> noAnswer(executable, result));
  }

  private static String whyNotRun(Path executable, IOException e) {
    String message = String.valueOf(e.getMessage());
    if (failed(message, 13) && Files.isExecutable(executable)) {
      return message + "; its folder may be mounted noexec";
    }
    // ENOENT for a file that is there: the dynamic loader or the script's interpreter is missing.
    return failed(message, 2) && Files.exists(executable)
        ? message
            + "; the program is there, what it needs to run (its loader or the program after #!) is"
            + " not"
        : message;
  }

  /** The system's error number is only in the message, which newer JDKs word otherwise. */
  private static boolean failed(String message, int number) {
    return message.matches("(?s).*\\berror(=|: )" + number + "\\b.*");
  }

  /**
   * The processor of a program that this machine has not, or null. A shell is given what the system
   * cannot run.
   */
  private static @Nullable String otherProcessor(Path executable) {
    try {
      String processor = Platform.processorOf(executable);
      return Platform.processorName().equals(processor) ? null : processor;
    } catch (IOException e) {
      return null;
    }
  }

  private static UnusablePythonException noAnswer(Path executable, Subprocess.Result result) {
    String processor = otherProcessor(executable);
    if (processor != null) {
      return new UnusablePythonException(
          "is a program for "
              + processor
              + ", which does not run on this machine ("
              + Platform.name()
              + ")");
    }
    if (result.errors().contains("Unknown option: -I")) {
      return new UnusablePythonException("is a Python too old to answer; " + Answer.VERSIONS);
    }
    return new UnusablePythonException(
        "is not a working Python: it ended with exit code "
            + result.exit()
            + " without an answer"
            + said(result));
  }

  private static String said(Subprocess.Result result) {
    String text = result.said();
    String end = text.length() > 2_000 ? "..." + text.substring(text.length() - 2_000) : text;
    return end.isEmpty() ? " and said nothing" : "; it said:\n" + end;
  }
}

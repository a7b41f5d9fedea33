package io.gilgamesh;

import io.gilgamesh.internal.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line: runs a Python script, module or code, or Python's prompt, inside this JVM.
 *
 * <p>Options end where the program is named, as those of {@code python} do: what follows belongs to
 * the program. Scripts may use every public class of the class path.
 */
public final class Main {

  /** The exit code of a command line that makes no sense, as {@code python} has it. */
  private static final int USAGE = 2;

  /** The exit code where there is no Python, as shells have it for what cannot be found. */
  private static final int NO_PYTHON = 127;

  private static final String HELP =
      """
      usage: java -jar gilgamesh.jar [option] ... [-c code | -m module | file | -] [argument] ...

        file           runs a Python file, or a folder or zip file with a __main__.py
        -c code        runs code
        -m module      runs a module as a program
        -              runs what comes from the standard input; so does no program at all, and where
                       that is a terminal, Python's prompt appears
        --python path  the Python to use: an executable, a virtual environment or a libpython
        --diagnose     tells which Python would be used and why, and starts nothing
        --version      tells the versions of Gilgamesh, Python and Java
        --help         tells this

      Scripts import the classes of the class path. With application classes:
        java -cp gilgamesh.jar:app.jar io.gilgamesh.Main [option] ...\
      """;

  private PythonConfig config = PythonConfig.defaults();

  private Main() {}

  /**
   * Runs the command line, and ends the process with the program's exit code.
   *
   * @param args options, the program, and its arguments
   */
  public static void main(String[] args) {
    System.exit(new Main().run(List.of(args).iterator()));
  }

  private int run(Iterator<String> args) {
    try {
      return firstOf(args);
    } catch (UsageException e) {
      return failed(USAGE, e.getMessage() + "\nTry: java -jar gilgamesh.jar --help");
    } catch (PythonStartException e) {
      return failed(NO_PYTHON, String.valueOf(e.getMessage()));
    }
  }

  private static int failed(int code, String message) {
    System.err.println("gilgamesh: " + message);
    return code;
  }

  /** Does what the next argument says. */
  private int firstOf(Iterator<String> args) {
    if (!args.hasNext()) {
      return program("input", "", args);
    }
    String arg = args.next();
    if (arg.equals("--python")) {
      return withPython(operand(arg, args), args);
    } else if (arg.startsWith("--python=")) {
      return withPython(arg.substring("--python=".length()), args);
    } else if (arg.startsWith("-c")) {
      return program("code", operand("-c", arg, args), args);
    } else if (arg.startsWith("-m")) {
      return program("module", operand("-m", arg, args), args);
    } else if (arg.equals("-")) {
      return program("input", arg, args);
    } else if (!arg.startsWith("-")) {
      return program("file", arg, args);
    }
    return told(arg);
  }

  private int told(String option) {
    String text =
        switch (option) {
          case "--diagnose" -> Python.diagnose(config).toString();
          case "--version", "-V" -> versions();
          case "--help", "-h" -> HELP;
          default -> throw new UsageException("unknown option " + option);
        };
    System.out.println(text);
    return 0;
  }

  private int withPython(String path, Iterator<String> args) {
    config = configOf(Path.of(path));
    return firstOf(args);
  }

  private static PythonConfig configOf(Path path) {
    PythonConfig.Builder builder = PythonConfig.builder();
    if (Files.isDirectory(path)) {
      return builder.venv(path).build();
    }
    boolean isLibrary = String.valueOf(path.getFileName()).startsWith("libpython");
    return (isLibrary ? builder.libpython(path) : builder.executable(path)).build();
  }

  private static String operand(String option, Iterator<String> args) {
    if (!args.hasNext()) {
      throw new UsageException("option " + option + " needs an argument");
    }
    return args.next();
  }

  /** The operand of a short option, which may stand in the same argument. */
  private static String operand(String option, String arg, Iterator<String> args) {
    return arg.length() > option.length() ? arg.substring(option.length()) : operand(option, args);
  }

  private int program(String kind, String what, Iterator<String> args) {
    List<String> arguments = new ArrayList<>();
    args.forEachRemaining(arguments::add);
    Python.start(programConfig());
    return Program.run(kind, what, arguments);
  }

  /**
   * The program's threads have ended when it has, so the end of the process need not wait for them;
   * only a signal finds it at work.
   */
  private PythonConfig programConfig() {
    PythonConfig.Builder builder =
        PythonConfig.builder().hostAccess(HostAccess.ALL).shutdownTimeout(Duration.ofMillis(100));
    config.executable().ifPresent(builder::executable);
    config.venv().ifPresent(builder::venv);
    config.libpython().ifPresent(builder::libpython);
    return builder.build();
  }

  private String versions() {
    String own = Main.class.getPackage().getImplementationVersion();
    String python =
        Python.diagnose(config)
            .taken()
            .map(taken -> taken.reason() + " (" + taken.location() + ")")
            .orElse("no Python");
    return "Gilgamesh "
        + (own == null ? "(not from its jar)" : own)
        + "\n"
        + python
        + "\nJava "
        + Runtime.version()
        + " ("
        + System.getProperty("java.vendor")
        + ")";
  }

  /** A command line that makes no sense. */
  private static final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UsageException(@Nullable String message) {
      super(message);
    }
  }
}

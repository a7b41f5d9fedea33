package io.gilgamesh.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gilgamesh.Main;
import io.gilgamesh.testing.ChildJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs run from the command line, each in a JVM of its own. */
@Tag("long")
class CommandLineTest {

  @TempDir Path folder;

  private ChildJvm line(String... arguments) {
    return ChildJvm.of(Main.class).folder(folder).arguments(arguments);
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static List<String> lines(ChildJvm.Result result) {
    return result.output().lines().toList();
  }

  // ---- programs

  @Test
  void a_script_finds_what_it_finds_with_python() throws IOException {
    file("beside.py", "word = 'beside'");
    file(
        "script.py",
        """
        import sys, threading, beside
        print(__name__, sys.argv, beside.word)
        print(__file__, sys.path[0])
        print(sys.modules['__main__'].__dict__ is globals(), __spec__, __loader__.name)
        print(threading.current_thread() is threading.main_thread())
        """);
    Path real = folder.toRealPath();
    assertEquals(
        List.of(
            "__main__ ['script.py', '-c', '--version', 'grüße'] beside",
            folder.resolve("script.py").toAbsolutePath() + " " + real,
            "True None __main__",
            "True"),
        lines(line("script.py", "-c", "--version", "grüße").run().expectExit(0)));
  }

  @Test
  void code_and_modules_and_folders_and_zip_files_are_programs() throws IOException {
    Files.createDirectories(folder.resolve("pack"));
    String told = "import sys; print(__name__, __package__, sys.argv, sys.path[0])\n";
    file("pack/__main__.py", told);
    try (OutputStream out = Files.newOutputStream(folder.resolve("app.zip"));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("__main__.py"));
      zip.write(told.getBytes(StandardCharsets.UTF_8));
    }
    Path real = folder.toRealPath();
    line("-c", told, "-m", "x")
        .run()
        .expectExit(0)
        .expectOutput("__main__ None ['-c', '-m', 'x'] \n");
    line("-cprint('joined')").run().expectExit(0).expectOutput("joined");
    line("-m", "pack", "-c")
        .run()
        .expectExit(0)
        .expectOutput(
            "__main__ pack ['" + real.resolve("pack/__main__.py") + "', '-c'] " + real + "\n");
    line("pack", "a").run().expectExit(0).expectOutput("__main__  ['pack', 'a'] pack\n");
    line("app.zip").run().expectExit(0).expectOutput("__main__  ['app.zip'] app.zip\n");
  }

  @Test
  void what_is_piped_in_is_a_program() {
    String code = "import sys\nprint(sys.argv, __name__, len('ü'))\n";
    line().input(code).run().expectExit(0).expectOutput("[''] __main__ 1\n");
    line("-", "a").input(code).run().expectExit(0).expectOutput("['-', 'a'] __main__ 1\n");
  }

  @Test
  void a_script_reads_its_standard_input() {
    line("-c", "print(input() + '|' + input())")
        .input("first\nsecond\n")
        .run()
        .expectExit(0)
        .expectOutput("first|second\n");
  }

  @Test
  void a_script_uses_classes_of_the_jdk_and_of_the_class_path() {
    line(
            "-c",
            """
            from java.util import ArrayList
            from gilgamesh import java_class
            names = ArrayList(['a', 'b'])
            print(names, java_class("io.gilgamesh.commandline.Greeting")().of('Uruk'))
            """)
        .run()
        .expectExit(0)
        .expectOutput("[a, b] Hello, Uruk");
  }

  @Test
  void the_output_comes_before_the_end_and_handlers_of_the_exit_run() {
    line("-c", "import atexit, sys; atexit.register(print, 'late'); print('early'); sys.exit(4)")
        .run()
        .expectExit(4)
        .expectOutput("early\nlate\n");
  }

  @Test
  void the_end_waits_for_threads_as_python_does() {
    line(
            "-c",
            """
            import threading, time
            def work():
                time.sleep(0.7)
                print('worked')
            threading.Thread(target=work).start()
            """)
        .run()
        .expectExit(0)
        .expectOutput("worked\n");
  }

  @Test
  void workers_of_multiprocessing_import_the_script() throws IOException {
    file(
        "pool.py",
        """
        import multiprocessing

        def twice(n):
            return 2 * n

        if __name__ == '__main__':
            with multiprocessing.get_context('spawn').Pool(2) as pool:
                print(pool.map(twice, [1, 2]))
        """);
    line("pool.py").run().expectExit(0).expectOutput("[2, 4]\n");
  }

  @Test
  void signal_handlers_and_asyncio_work_as_on_the_main_thread() {
    line(
            "-c",
            """
            import asyncio, signal
            signal.signal(signal.SIGUSR1, lambda *_: print('handled'))
            async def main():
                loop = asyncio.get_running_loop()
                loop.add_signal_handler(signal.SIGTERM, print, 'asked to end')
                signal.raise_signal(signal.SIGUSR1)
                signal.raise_signal(signal.SIGTERM)
                await asyncio.sleep(0.05)
            asyncio.run(main())
            """)
        .run()
        .expectExit(0)
        .expectOutput("handled\nasked to end\n");
  }

  // ---- exit codes

  @ParameterizedTest
  @CsvSource({
    "sys.exit(), 0",
    "sys.exit(None), 0",
    "sys.exit(True), 1",
    "sys.exit(300), 44",
    "sys.exit(-1), 255",
    "raise SystemExit, 0",
    "sys.exit('bye'), 1",
    "raise KeyboardInterrupt, 130",
    "1 / 0, 1"
  })
  void the_exit_code_is_pythons(String statement, int code) {
    ChildJvm.Result result = line("-c", "import sys; " + statement).run().expectExit(code);
    if (statement.contains("bye")) {
      assertEquals("bye\n", result.output());
    }
  }

  @Test
  void what_nothing_caught_is_shown_as_python_shows_it() throws IOException {
    Path script = file("fails.py", "def fail():\n    raise ValueError('no')\n\nfail()\n");
    ChildJvm.Result result = line("fails.py").run().expectExit(1);
    List<String> lines = lines(result);
    assertEquals("Traceback (most recent call last):", lines.get(0));
    assertEquals("  File \"" + script.toAbsolutePath() + "\", line 4, in <module>", lines.get(1));
    assertEquals("ValueError: no", lines.get(lines.size() - 1));
    assertFalse(result.output().contains("_main.py"), result::output);
    assertEquals("", line("fails.py").withoutErrors().run().expectExit(1).output());
  }

  @Test
  void a_syntax_error_shows_nothing_of_the_bridge() throws IOException {
    file("bad.py", "x = = 1\n");
    ChildJvm.Result result = line("bad.py").run().expectExit(1);
    assertTrue(lines(result).get(0).endsWith("bad.py\", line 1"), result::output);
    result.expectOutput("SyntaxError: ");
  }

  @Test
  void the_scripts_own_excepthook_is_called() {
    line("-c", "import sys; sys.excepthook = lambda *e: print('mine', e[1]); 1 / 0")
        .run()
        .expectExit(1)
        .expectOutput("mine division by zero\n");
  }

  // ---- Ctrl-C

  @ParameterizedTest
  @CsvSource({"time.sleep(60)", "exec('while True: pass')", "threading.Event().wait()"})
  void ctrl_c_interrupts_what_runs(String work) throws Exception {
    ChildJvm.Running running =
        line(
                "-c",
                "import sys, threading, time\nprint('begun')\n"
                    + "try: "
                    + work
                    + "\nfinally: print('cleaned')")
            .withDefaultSignals()
            .start()
            .awaitOutput("begun");
    Thread.sleep(100);
    interrupt(running);
    ChildJvm.Result result = running.await().expectExit(130);
    result.expectOutput("cleaned\n").expectOutput("\nKeyboardInterrupt\n");
    assertTrue(result.time().compareTo(Duration.ofSeconds(30)) < 0, result::toString);
  }

  @Test
  void a_script_may_catch_ctrl_c_and_go_on() throws Exception {
    ChildJvm.Running running =
        line(
                "-c",
                """
                import time
                for round in range(2):
                    try:
                        print('round', round)
                        time.sleep(60)
                    except KeyboardInterrupt:
                        print('caught', round)
                """)
            .withDefaultSignals()
            .start();
    for (int round = 0; round < 2; round++) {
      running.awaitOutput("round " + round);
      Thread.sleep(100);
      interrupt(running);
      running.awaitOutput("caught " + round);
    }
    running.await().expectExit(0);
  }

  private static void interrupt(ChildJvm.Running running) throws Exception {
    new ProcessBuilder("kill", "-INT", String.valueOf(running.handle().pid())).start().waitFor();
  }

  // ---- the prompt

  @Test
  void on_a_terminal_there_is_pythons_prompt() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "needs the program script");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder(
                "/usr/bin/script",
                "-qec",
                "'" + java + "' -cp '" + classPath + "' io.gilgamesh.Main",
                "/dev/null")
            .redirectErrorStream(true)
            .start();
    StringBuilder output = new StringBuilder();
    try (OutputStream keys = process.getOutputStream()) {
      await(process, output, ">>> ");
      type(keys, "6 * 7");
      await(process, output, "42");
      type(keys, "exit(9)");
    }
    process.getInputStream().readAllBytes();
    assertEquals(9, process.waitFor(), output::toString);
    assertTrue(output.toString().contains("Python 3."), output::toString);
  }

  private static void type(OutputStream keys, String line) throws IOException {
    keys.write((line + "\r").getBytes(StandardCharsets.US_ASCII));
    keys.flush();
  }

  private static void await(Process process, StringBuilder output, String part) throws IOException {
    byte[] bytes = new byte[4096];
    while (output.indexOf(part) < 0) {
      int count = process.getInputStream().read(bytes);
      assertTrue(count > 0, () -> "no '" + part + "' in " + output);
      output.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
    }
  }

  // ---- options

  @Test
  void wrong_options_are_refused() {
    line("--bogus", "script.py").run().expectExit(2).expectOutput("unknown option --bogus\n");
    line("-c").run().expectExit(2).expectOutput("option -c needs an argument\n");
    line("--python").run().expectExit(2).expectOutput("option --python needs an argument\n");
    line("nothing.py")
        .run()
        .expectExit(2)
        .expectOutput("can't open file '" + folder.resolve("nothing.py").toAbsolutePath() + "'");
    line("-m", "no_such_module").run().expectExit(1).expectOutput("No module named no_such_module");
  }

  @Test
  void a_python_that_cannot_be_used_is_an_error_with_a_code() {
    line("--python", "/nowhere/python3", "-c", "pass")
        .run()
        .expectExit(127)
        .expectOutput("gilgamesh: The Python of PythonConfig (executable /nowhere/python3) cannot")
        .expectOutput("does not exist");
  }

  @Test
  void questions_start_nothing() {
    line("--help").run().expectExit(0).expectOutput("usage: java -jar gilgamesh.jar");
    line("--version")
        .run()
        .expectExit(0)
        .expectOutput("Gilgamesh ")
        .expectOutput("CPython 3.")
        .expectOutput("Java " + Runtime.version());
    line("--python", "/nowhere/python3", "--diagnose")
        .run()
        .expectExit(0)
        .expectOutput("rejected    PythonConfig: executable /nowhere/python3");
  }
}

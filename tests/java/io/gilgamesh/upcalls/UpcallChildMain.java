package io.gilgamesh.upcalls;

import io.gilgamesh.JavaObject;
import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** What could end a JVM: a thing to do, and for some a size. */
final class UpcallChildMain {

  private final Python python = Python.start();
  private final PythonContext context = python.contexts().open("child");

  private UpcallChildMain() {}

  public static void main(String[] args) throws InterruptedException {
    UpcallChildMain main = new UpcallChildMain();
    switch (args[0]) {
      case "recursion" -> main.onStack(Long.parseLong(args[1]), main::recurse);
      case "nested sort" -> main.onStack(Long.parseLong(args[1]), main::sortInSort);
      case "overflow" -> main.expect("overflow()", "StackOverflowError");
      case "memory" -> main.expect("exhaust()", "OutOfMemoryError");
      case "exit" -> main.context.exec("leave()");
      case "exit on a thread" ->
          main.context.exec("import threading; threading.Thread(target=leave).start()\nwait()");
      case "late" -> main.callLate();
      case "daemons" -> main.leaveDaemons();
      default -> throw new IllegalArgumentException(args[0]);
    }
    System.out.println("still there");
    System.exit(0);
  }

  {
    context.set("down", (Function<PythonObject, Object>) PythonObject::apply);
    context.set("overflow", (Supplier<Object>) UpcallChildMain::endless);
    context.set("exhaust", (Supplier<Object>) UpcallChildMain::exhaust);
    context.set("leave", (Runnable) () -> System.exit(7));
    context.set("wait", (Runnable) UpcallChildMain::sleep);
    context.set("l", JavaObject.of(new ArrayList<>(List.of(1L, 2L))));
  }

  private static Object endless() {
    return List.of(endless());
  }

  private static Object exhaust() {
    List<byte[]> all = new ArrayList<>();
    while (true) {
      all.add(new byte[10_000_000]);
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void onStack(long kilobytes, Runnable body) throws InterruptedException {
    Thread thread = new Thread(null, body, "deep", kilobytes * 1024);
    thread.start();
    thread.join();
  }

  private void recurse() {
    context.exec("import sys; sys.setrecursionlimit(100_000)\ndef again(): return down(again)");
    for (int i = 0; i < 3; i++) {
      expect("again()", "RecursionError");
    }
  }

  private void sortInSort() {
    context.exec("def compare(a, b):\n  l.stream().sorted(compare).toList()\n  return 0");
    expect("l.stream().sorted(compare).toList()", "RecursionError");
  }

  private void expect(String code, String type) {
    try {
      context.exec(code);
      System.out.println("nothing was raised");
    } catch (PythonException e) {
      boolean expected = e.getMessage().contains(type) || e.type().contains(type);
      System.out.println(expected ? "raised " + type : e.toString());
    }
  }

  private void callLate() {
    context.exec("def f(): return 1\nclass C:\n  def run(self): pass");
    Runnable function = context.get("f").to(Runnable.class);
    Runnable object = context.eval("C()").to(Runnable.class);
    context.close();
    callRefused(function);
    callRefused(object);
    python.close();
    callRefused(function);
    callRefused(object);
    System.out.println(function + " " + object.equals(object) + " " + object.hashCode());
  }

  private static void callRefused(Runnable late) {
    try {
      late.run();
      System.out.println("it ran");
    } catch (IllegalStateException e) {
      System.out.println("refused: " + e.getMessage());
    }
  }

  private void leaveDaemons() {
    context.exec(
        """
        import threading, time
        def work():
          while True: l.size()
        for _ in range(4): threading.Thread(target=work, daemon=True).start()
        threading.Thread(target=wait, daemon=True).start()
        time.sleep(0.3)
        """);
    System.exit(3);
  }
}

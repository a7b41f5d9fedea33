package io.gilgamesh.upcalls;

import io.gilgamesh.HostAccess;
import io.gilgamesh.Python;
import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonContext;
import java.time.DayOfWeek;

/** What classes are to scripts under a policy, which holds for a process. */
final class ClassPoliciesChildMain {

  private ClassPoliciesChildMain() {}

  /** What an application opened. */
  @HostAccess.Export
  public static final class Opened {
    /** Gives a class as it is. */
    public Object same(Object type) {
      return type;
    }
  }

  /** What it did not. */
  public static final class Closed {}

  public static void main(String[] args) {
    HostAccess access =
        switch (args[0]) {
          case "NONE" -> HostAccess.NONE;
          case "EXPLICIT" -> HostAccess.EXPLICIT;
          default -> HostAccess.ALL;
        };
    Python python = Python.start(PythonConfig.builder().hostAccess(access).build());
    PythonContext context = python.contexts().open("child");
    context.set("opened", Opened.class);
    context.set("closed", Closed.class);
    context.set("day", DayOfWeek.class);
    context.set("arrays", int[].class);
    context.set("thread", Thread.currentThread());
    context.set("app", new Opened());
    context.exec(
        """
        def tried(code):
            try:
                print(code, eval(code))
            except Exception as error:
                print(code, type(error).__name__)
        """);
    for (int i = 1; i < args.length; i++) {
      context.call("tried", args[i]);
    }
    System.exit(0);
  }
}

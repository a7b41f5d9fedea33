package io.gilgamesh.upcalls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gilgamesh.HostAccess;
import io.gilgamesh.Python;
import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonLeaf;
import io.gilgamesh.testing.ChildJvm;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What scripts may do under each policy, asked by scripts: a process has one policy. */
class HostAccessFromPythonTest {

  /** What is handed over. */
  public static class Account {
    public int fees = 1;

    public long balance() {
      return 5;
    }

    @HostAccess.Export
    public String owner() {
      return "Enkidu";
    }

    @PythonLeaf
    public long leaf() {
      return 7;
    }

    @HostAccess.Export
    long unseen() {
      return 9;
    }

    public static long bank() {
      return 3;
    }

    @Override
    public String toString() {
      return "account";
    }
  }

  /** Prints, for each expression, its value or the name of its error. */
  static final class Main {
    public static void main(String[] args) {
      PythonConfig config = PythonConfig.builder().hostAccess(policy(args[0])).build();
      try (Python python = Python.start(config);
          PythonContext context = python.contexts().open("policy")) {
        context.set("account", new Account());
        context.set("call", (Function<Object, Object>) x -> x);
        context.exec(
            """
            import gilgamesh
            def java(name): return gilgamesh.java_class(name)
            def told(expression):
              try: return str(eval(expression))
              except Exception as error: return type(error).__name__
            """);
        for (int i = 1; i < args.length; i++) {
          context.set("asked", args[i]);
          System.out.println("= " + context.eval("told(asked)").to(String.class));
        }
      }
    }

    private static HostAccess policy(String name) {
      return switch (name) {
        case "NONE" -> HostAccess.NONE;
        case "EXPLICIT" -> HostAccess.EXPLICIT;
        case "ALL" -> HostAccess.ALL;
        case "CLASS" -> HostAccess.EXPLICIT.toBuilder().allowClass(Account.class).build();
        case "PACKAGE" -> HostAccess.builder().allowPackage("io.gilgamesh.upcalls").build();
        default -> HostAccess.DEFAULT;
      };
    }
  }

  private static final String NAME = Account.class.getName();

  private static final List<String> ASKED =
      List.of(
          "account",
          "account == account",
          "account.balance()",
          "account.leaf()",
          "account.fees",
          "account.owner()",
          "account.unseen()",
          "java('" + NAME + "')()",
          "java('" + NAME + "').bank()",
          "java('java.util.ArrayList')().size()",
          "java('java.lang.StringBuilder')()",
          "java('java.lang.Integer').parseInt('12')",
          "java('java.lang.Thread').activeCount() > 0",
          "call('x')");

  /**
   * The columns are in the order of what is asked; D is a JavaAccessError, A an AttributeError, T a
   * TypeError.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NONE     | account True A A A A A D D D D D D T",
        "EXPLICIT | account True A A A Enkidu 9 D D D D D D T",
        "DEFAULT  | account True 5 7 1 Enkidu A D D 0 '' 12 D x",
        "CLASS    | account True 5 7 1 Enkidu 9 account 3 D D D D T",
        "PACKAGE  | account True 5 7 1 Enkidu A account 3 0 '' 12 D x",
        "ALL      | account True 5 7 1 Enkidu 9 account 3 0 '' 12 True x",
      })
  void scriptsMayDoWhatThePolicySays(String policy, String expected) {
    ChildJvm child =
        ChildJvm.of(Main.class).arguments(policy).arguments(ASKED.toArray(String[]::new));
    String told =
        child
            .run()
            .expectExit(0)
            .output()
            .lines()
            .filter(line -> line.startsWith("= "))
            .map(line -> shortened(line.substring(2)))
            .collect(Collectors.joining(" "));
    assertEquals(expected, told);
  }

  private static String shortened(String told) {
    return switch (told) {
      case "" -> "''";
      case "JavaAccessError" -> "D";
      case "AttributeError" -> "A";
      case "TypeError" -> "T";
      default -> told;
    };
  }
}

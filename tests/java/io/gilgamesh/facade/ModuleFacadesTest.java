package io.gilgamesh.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonKeyword;
import io.gilgamesh.PythonKwargs;
import io.gilgamesh.PythonModule;
import io.gilgamesh.PythonName;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonProxy;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.testing.InContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Modules bound to Java interfaces, and the check of all methods when they are. */
@SuppressWarnings("unchecked") // as(Function.class) says nothing of parameters
class ModuleFacadesTest extends InContext {

  @PythonModule("statistics")
  interface Statistics {
    double mean(List<? extends Number> data);

    double quantile(List<Double> data);

    default double spread(List<Double> data) {
      return stdev(data) / mean(data);
    }

    double stdev(List<Double> data, @PythonKeyword("xbar") double mean);

    double stdev(List<Double> data);

    static String title() {
      return "Statistics";
    }
  }

  @PythonModule("statistics")
  interface Means {
    double mean(List<? extends Number> data);

    @PythonName("fmean")
    double weighted(List<Double> data, @PythonKeyword("weights") List<Double> weights);

    default double twice(List<Double> data) {
      return 2 * mean(data);
    }
  }

  interface Json {
    String dumps(Object value, PythonKwargs options);

    String dumps(Object value);

    Map<String, Integer> loads(String text);
  }

  interface Numbers {
    double pi();

    double sqrt(double x);

    long gcd(long... numbers);
  }

  interface Wrong {
    double pi(int digits);

    Object sine(double x);

    Thread<String> weird();

    int getNothing();

    interface Thread<T> {
      T value();
    }
  }

  interface Account {
    long balance();

    void deposit(long amount, @PythonKeyword("note") String note);

    String getOwner();
  }

  interface Unfit {
    long balance(int day);

    void deposit(@PythonKeyword("sum") long amount);

    String limit(String name);
  }

  @Test
  void aModuleIsBoundToTheInterfaceThatNamesIt() {
    Means means = context.importAs(Means.class);
    assertEquals(2.0, means.mean(List.of(1, 2, 3)));
    assertEquals(4.0, means.twice(List.of(1.0, 3.0)));
    assertEquals(2.5, means.weighted(List.of(1.0, 3.0), List.of(1.0, 3.0)));
    assertTrue(PythonProxy.is(means));
    try (PythonTransaction tx = context.begin()) {
      assertEquals(means, tx.importAs(Means.class));
    }
    assertEquals("StatisticsError", shortType(() -> means.mean(List.of())));
  }

  private static String shortType(Runnable work) {
    String type = assertThrows(PythonException.class, work::run).type();
    return type.substring(type.lastIndexOf('.') + 1);
  }

  @Test
  void aModuleMayBeNamedWithTheInterface() {
    Json json = context.importAs("json", Json.class);
    assertEquals("[1, null]", json.dumps(java.util.Arrays.asList(1, null)));
    assertEquals("{\n \"a\": 1\n}", json.dumps(Map.of("a", 1), PythonKwargs.kwargs("indent", 1)));
    assertEquals(Map.of("a", 1), json.loads("{\"a\": 1}"));
    Numbers numbers = context.importAs("math", Numbers.class);
    assertEquals(Math.PI, numbers.pi());
    assertEquals(3.0, numbers.sqrt(9));
    assertEquals(4, numbers.gcd(8, 12, 20));
    assertEquals(0, numbers.gcd());
  }

  @Test
  void eachMethodThatDoesNotFitIsToldWhenItIsBound() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> context.importAs(Statistics.class))
            .getMessage();
    assertEquals(
        "module 'statistics' does not fit:\n  Statistics.quantile(List): no attribute 'quantile'",
        message);
    assertEquals("Statistics", Statistics.title());
    String wrong =
        assertThrows(IllegalArgumentException.class, () -> context.importAs("math", Wrong.class))
            .getMessage();
    assertEquals(
        List.of(
            "module 'math' does not fit:",
            "  Wrong.getNothing(): no attribute 'getNothing', nor 'nothing'",
            "  Wrong.pi(int): 'pi' is of type float, which cannot be called",
            "  Wrong.sine(double): no attribute 'sine'",
            "  Wrong.weird(): no attribute 'weird'"),
        wrong.lines().toList());
  }

  @Test
  void anObjectIsCheckedWhereThatIsAskedFor() {
    PythonObject account =
        made(
            """
            class Account:
                owner, limit = 'Enkidu', 100
                def __init__(self): self.sum = 0
                def balance(self): return self.sum
                def deposit(self, amount, *, note): self.sum += amount
            account = Account()
            """,
            "account");
    Account checked = account.asChecked(Account.class);
    checked.deposit(5, "first");
    assertEquals(5, checked.balance());
    assertEquals("Enkidu", checked.getOwner());
    String message =
        assertThrows(IllegalArgumentException.class, () -> account.asChecked(Unfit.class))
            .getMessage();
    assertEquals(
        List.of(
            "Python's Account does not fit:",
            "  Unfit.balance(int): balance(): too many positional arguments",
            "  Unfit.deposit(long): deposit(amount, *, note): missing a required argument:"
                + " 'amount'",
            "  Unfit.limit(String): 'limit' is of type int, which cannot be called"),
        message.lines().toList());
    assertEquals("Enkidu", account.as(Account.class).getOwner());
  }

  @Test
  void aCallableIsCheckedByItsOwnSignature() {
    PythonObject one = context.eval("lambda x: x");
    assertEquals(3L, one.asChecked(java.util.function.Function.class).apply(3));
    assertEquals(
        List.of(
            "Python's function does not fit:",
            "  Comparator.compare(Object, Object): <lambda>(x): too many positional arguments"),
        assertThrows(
                IllegalArgumentException.class, () -> one.asChecked(java.util.Comparator.class))
            .getMessage()
            .lines()
            .toList());
    assertEquals(
        3, context.eval("len").asChecked(java.util.function.ToIntFunction.class).applyAsInt("abc"));
  }

  @Test
  void aPropertyIsNotReadByTheCheck() {
    PythonObject object =
        made(
            """
            reads = []
            class Lazy:
                @property
                def balance(self): reads.append(1); return 7
                @property
                def owner(self): reads.append(1); return 'Ur'
                def deposit(self, amount, note): pass
            lazy = Lazy()
            """,
            "lazy");
    Account account = object.asChecked(Account.class);
    assertEquals(0, context.evalLong("len(reads)"));
    assertEquals(7, account.balance());
    assertEquals("Ur", account.getOwner());
  }

  @Test
  void modulesAndInterfacesThatAreNotThereAreRefused() {
    PythonException missing =
        assertThrows(PythonException.class, () -> context.importAs("no_such_module", Json.class));
    assertEquals("ModuleNotFoundError", missing.type());
    String unnamed =
        assertThrows(IllegalArgumentException.class, () -> context.importAs(Json.class))
            .getMessage();
    assertTrue(unnamed.contains("has no @PythonModule"), unnamed);
    assertThrows(IllegalArgumentException.class, () -> context.importAs("json", String.class));
    assertThrows(NullPointerException.class, () -> context.importAs((Class<?>) null));
    assertThrows(NullPointerException.class, () -> context.importAs("json", null));
    assertThrows(NullPointerException.class, () -> context.importAs(null, Json.class));
  }
}

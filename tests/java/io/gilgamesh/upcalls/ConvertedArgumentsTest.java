package io.gilgamesh.upcalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.HostAccess;
import io.gilgamesh.JavaObject;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonConverter;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.testing.InContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The user's converters for the arguments of Java methods that Python calls. */
class ConvertedArgumentsTest extends InContext {

  /** A class that Gilgamesh knows nothing of. */
  public static final class Money {
    private final String text;

    Money(String text) {
      this.text = text;
    }

    static Money parse(String text) {
      if (text.indexOf(' ') < 0) {
        throw new IllegalArgumentException("no amount");
      }
      return new Money(text);
    }

    @Override
    public String toString() {
      return "Money " + text;
    }
  }

  /** A record with a part that has a converter. */
  public record Bill(String guest, Money total) {}

  /** A number with two parts, as Python has it. */
  public record Complex(double real, double imaginary) {}

  /** Methods with converted parameters, some with other overloads. */
  public static class Shop {
    public Money field = new Money("none");

    @HostAccess.Export
    public static String payAnywhere(Money money) {
      return String.valueOf(money);
    }

    public String pay(Money money) {
      return String.valueOf(money);
    }

    public String all(List<Money> all, Map<String, Money> named, Money[] array) {
      return all + " " + named + " " + Arrays.toString(array);
    }

    public String each(Money... all) {
      return Arrays.toString(all);
    }

    public String bill(Bill bill) {
      return bill.toString();
    }

    public String turned(Complex complex) {
      return complex.toString();
    }

    public String either(Money money) {
      return money.toString();
    }

    public String either(int number) {
      return "int " + number;
    }

    public String either(Bill bill) {
      return bill.toString();
    }

    public String text(Money money) {
      return money.toString();
    }

    public String text(String text) {
      return "text";
    }

    public String any(Money money) {
      return money.toString();
    }

    public String any(Object any) {
      return "any";
    }
  }

  private static PythonConverter<Money, String> money(String mark) {
    return PythonConverter.of(
        Money.class,
        String.class,
        money -> money.text,
        text -> new Money(Money.parse(text).text + mark));
  }

  private final Shop shop = new Shop();

  @BeforeEach
  void hand() {
    context.converters().register(money(""));
    context.set("shop", shop);
  }

  private static String refusal(PythonContext context, String code) {
    PythonException e = assertThrows(PythonException.class, () -> context.eval(code));
    assertEquals("TypeError", e.type());
    return e.getMessage();
  }

  @Test
  void aParameterTakesWhatItsConverterTakes() {
    assertEquals("Money EUR 1", context.evalText("shop.pay('EUR 1')"));
    assertEquals("[Money EUR 1, Money EUR 2]", context.evalText("shop.each('EUR 1', 'EUR 2')"));
    context.exec("shop.field = 'EUR 7'");
    assertEquals("Money EUR 7", shop.field.toString());
  }

  @Test
  void theConverterServesInsideOfContainersAndRecordsToo() {
    assertEquals(
        "[Money EUR 1] {a=Money EUR 2} [Money EUR 3]",
        context.evalText("shop.all(['EUR 1'], {'a': 'EUR 2'}, ['EUR 3'])"));
    assertEquals(
        "Bill[guest=Ada, total=Money EUR 4]",
        context.evalText("shop.bill({'guest': 'Ada', 'total': 'EUR 4'})"));
    assertEquals(
        "[Money EUR 0, Money EUR 1]",
        context.evalText("shop.each(*(f'EUR {i}' for i in range(2)))"));
  }

  @Test
  void anObjectOfTheClassIsPassedAsItselfAndNoneAsNull() {
    context.set("mine", JavaObject.of(new Money("mine")));
    assertEquals("Money mine", context.evalText("shop.pay(mine)"));
    assertEquals("[Money mine, Money EUR 1]", context.evalText("shop.each(mine, 'EUR 1')"));
    assertEquals(
        "Bill[guest=Ada, total=Money mine]",
        context.evalText("shop.bill({'guest': 'Ada', 'total': mine})"));
    assertEquals("null", context.evalText("shop.pay(None)"));
  }

  @Test
  void aConvertedArgumentIsExplicitInTheOrderOfOverloads() {
    assertEquals("text", context.evalText("shop.text('EUR 1')"));
    assertEquals("any", context.evalText("shop.any('EUR 1')"));
    assertEquals("int 5", context.evalText("shop.either(5)"));
    assertEquals("Money EUR 1", context.evalText("shop.either('EUR 1')"));
    assertEquals(
        "Bill[guest=Ada, total=Money EUR 4]",
        context.evalText("shop.either({'guest': 'Ada', 'total': 'EUR 4'})"));
  }

  @Test
  void whatTheConverterRefusesIsATypeErrorWithItsWords() {
    assertTrue(
        refusal(context, "shop.pay('gold')").contains("str 'gold' cannot become")
            && refusal(context, "shop.pay('gold')").endsWith("Money: no amount"),
        refusal(context, "shop.pay('gold')"));
    assertTrue(refusal(context, "shop.pay(5)").contains("int 5 cannot become java.lang.String"));
    assertTrue(
        refusal(context, "shop.either('gold')").contains("has no overload for (str 'gold')"));
    assertTrue(refusal(context, "shop.all(['gold'], {}, [])").contains("argument 1"));
  }

  @Test
  void aConverterMayTakePythonsObjects() {
    context
        .converters()
        .register(
            PythonConverter.of(
                Complex.class,
                PythonObject.class,
                complex -> context.eval("complex(" + complex.real() + ")"),
                number -> new Complex(number.attrDouble("real"), number.attrDouble("imag"))));
    assertEquals("Complex[real=1.0, imaginary=2.0]", context.evalText("shop.turned(1+2j)"));
    assertTrue(refusal(context, "shop.turned('x')").contains("cannot become"));
  }

  @Test
  void eachContextHasItsOwn() {
    try (PythonContext dollars = python.contexts().open("dollars");
        PythonContext none = python.contexts().open("none")) {
      dollars.converters().register(money(" in dollars"));
      dollars.set("shop", shop);
      none.set("shop", shop);
      for (int i = 0; i < 3; i++) {
        assertEquals("Money EUR 1", context.evalText("shop.pay('EUR 1')"));
        assertEquals("Money EUR 1 in dollars", dollars.evalText("shop.pay('EUR 1')"));
        assertTrue(refusal(none, "shop.pay('EUR 1')").contains("is no io.gilgamesh"));
      }
      python.converters().register(money(" of all"));
      assertEquals("Money EUR 1 of all", none.evalText("shop.pay('EUR 1')"));
      assertEquals("Money EUR 1", context.evalText("shop.pay('EUR 1')"));
      assertEquals("Money EUR 1 of all", none.evalText("shop.either('EUR 1')"));
      assertEquals("Money EUR 1", context.evalText("shop.either('EUR 1')"));
    }
  }

  @Test
  void oneThatIsRegisteredLaterServesTheNextCall() {
    assertEquals("Money EUR 1", context.evalText("shop.pay('EUR 1')"));
    context.converters().register(money(" later"));
    assertEquals("Money EUR 1 later", context.evalText("shop.pay('EUR 1')"));
  }

  @Test
  void contextsOnManyThreadsDoNotMixTheirConverters() throws InterruptedException {
    List<Throwable> failures = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String mark = " of " + i;
      Thread thread = new Thread(() -> payOften(mark));
      thread.setUncaughtExceptionHandler(
          (failed, e) -> {
            synchronized (failures) {
              failures.add(e);
            }
          });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), failures);
  }

  private void payOften(String mark) {
    try (PythonContext own = python.contexts().open(mark)) {
      own.converters().register(money(mark));
      own.set("shop", shop);
      for (int i = 0; i < 200; i++) {
        assertEquals("Money EUR 1" + mark, own.evalText("shop.either('EUR 1')"));
      }
    }
  }

  @Test
  void staticMembersBelongToNoContextAndUseNoneOfIts() {
    assertTrue(refusal(context, "shop.payAnywhere('EUR 1')").contains("is no io.gilgamesh"));
  }

  @Test
  void argumentsByNameAreConvertedToo() {
    assertEquals("Money EUR 1", context.evalText("shop.pay(money='EUR 1')"));
  }
}

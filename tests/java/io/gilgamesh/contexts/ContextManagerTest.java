package io.gilgamesh.contexts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gilgamesh.Isolation;
import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonContextListener;
import io.gilgamesh.PythonContextListening;
import io.gilgamesh.PythonContextManager;
import io.gilgamesh.PythonConverter;
import io.gilgamesh.PythonObject;
import io.gilgamesh.testing.RecordedLogs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class ContextManagerTest {

  private Python python;
  private PythonContextManager contexts;

  @BeforeEach
  void start() {
    python = Python.start();
    contexts = python.contexts();
  }

  @AfterEach
  void close() {
    python.close();
  }

  private PythonContext open(String name, Isolation isolation) {
    assumeTrue(isolation == Isolation.NAMESPACE || IsolatedContexts.areThere(python));
    return contexts.open(name, isolation);
  }

  // ---- without a name

  @Test
  void aContextWithoutANameIsNotListedAndEndsWithItsOwner() {
    PythonContext one = contexts.openAnonymous(Isolation.NAMESPACE);
    PythonContext two = contexts.openAnonymous(Isolation.NAMESPACE);
    one.set("x", 1);
    two.set("x", 2);
    assertEquals(1, one.evalLong("x"));
    assertNotEquals(one.name(), two.name());
    assertEquals(Set.of(), contexts.names());
    assertTrue(contexts.get(one.name()).isEmpty());
    python.close();
    assertThrows(IllegalStateException.class, () -> one.evalLong("x"));
    assertThrows(IllegalStateException.class, () -> contexts.openAnonymous(Isolation.NAMESPACE));
  }

  // ---- reset

  @ParameterizedTest
  @EnumSource
  void resetTakesVariablesAndObjectsAndKeepsTheRest(Isolation isolation) {
    PythonContext context = open("scores", isolation);
    context
        .converters()
        .register(
            PythonConverter.of(Thread.State.class, Long.class, s -> 17L, n -> Thread.State.NEW));
    context.exec("x = 1\nimport sys\nsys.modules['gilgamesh_reset'] = sys");
    PythonObject list = context.eval("[1]");
    contexts.reset("scores");
    assertFalse(context.evalBoolean("'x' in globals()"));
    IllegalStateException e = assertThrows(IllegalStateException.class, list::length);
    assertTrue(e.getMessage().contains("reset"), e.getMessage());
    assertSame(context, contexts.get("scores").orElseThrow());
    assertEquals("scores", context.name());
    assertEquals(17, context.evalLong("s", Map.of("s", Thread.State.NEW)));
    context.set("y", 2);
    assertEquals(2, context.evalLong("y"));
    context.exec("import sys\nmodule = sys.modules.pop('gilgamesh_reset', None)");
    assertEquals(isolation == Isolation.NAMESPACE, context.evalBoolean("module is sys"));
  }

  @Test
  void whatIsNotOpenCannotBeReset() {
    PythonContext closed = contexts.open("closed");
    closed.close();
    assertThrows(IllegalStateException.class, closed::reset);
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> contexts.reset("never"));
    assertTrue(e.getMessage().contains("'never'"), e.getMessage());
    assertThrows(NullPointerException.class, () -> contexts.reset(null));
  }

  @ParameterizedTest
  @EnumSource
  void resetAndUseFromManyThreadsNeverMixOrCrash(Isolation isolation) throws Exception {
    PythonContext context = open("busy", isolation);
    List<Thread> users = new ArrayList<>();
    List<Throwable> odd = Collections.synchronizedList(new ArrayList<>());
    AtomicBoolean done = new AtomicBoolean();
    for (int i = 0; i < 4; i++) {
      Thread user =
          new Thread(
              () -> {
                while (!done.get()) {
                  try {
                    assertEquals(3, context.evalLong("1 + 2"));
                  } catch (IllegalStateException e) {
                    // closed under it
                  } catch (Throwable e) {
                    odd.add(e);
                  }
                }
              });
      users.add(user);
      user.start();
    }
    for (int i = 0; i < 30; i++) {
      context.reset();
    }
    done.set(true);
    for (Thread user : users) {
      user.join();
    }
    assertEquals(List.of(), odd);
    assertEquals(3, context.evalLong("1 + 2"));
  }

  // ---- all

  @Test
  void closeAllClosesNamedAndNamelessOnes() {
    PythonContext named = contexts.open("named");
    PythonContext anonymous = contexts.openAnonymous(Isolation.NAMESPACE);
    contexts.closeAll();
    assertThrows(IllegalStateException.class, () -> named.evalLong("1"));
    assertThrows(IllegalStateException.class, () -> anonymous.evalLong("1"));
    assertEquals(1, contexts.open("named").evalLong("1"));
  }

  @Test
  void aThousandNamespacesAreOpenAtOnce() {
    for (int i = 0; i < 1000; i++) {
      contexts.open("number " + i).set("i", i);
    }
    assertEquals(1000, contexts.names().size());
    assertEquals(999, contexts.get("number 999").orElseThrow().evalLong("i"));
    assertEquals(0, contexts.get("number 0").orElseThrow().evalLong("i"));
    contexts.closeAll();
    assertEquals(Set.of(), contexts.names());
  }

  @Test
  void onOldPythonsAnIsolatedContextIsRefusedWithTheReason() {
    assumeFalse(IsolatedContexts.areThere(python));
    UnsupportedOperationException e =
        assertThrows(
            UnsupportedOperationException.class,
            () -> contexts.open("isolated", Isolation.INTERPRETER));
    assertTrue(e.getMessage().contains("3.12 or later, and this is 3.11"), e.getMessage());
    assertTrue(e.getMessage().contains("Isolation.NAMESPACE"), e.getMessage());
    assertEquals(Set.of(), contexts.names());
    assertEquals(1, contexts.open("isolated").evalLong("1"));
  }

  // ---- listeners

  private static final class Events implements PythonContextListener {
    final List<String> seen = new ArrayList<>();

    @Override
    public void opened(PythonContext context) {
      seen.add("opened " + context.name());
    }

    @Override
    public void reset(PythonContext context) {
      seen.add("reset " + context.name());
    }

    @Override
    public void closed(PythonContext context) {
      seen.add("closed " + context.name());
    }
  }

  @Test
  void aListenerIsToldUntilItIsClosed() {
    contexts.open("before");
    Events events = new Events();
    PythonContextListening listening = contexts.listen(events);
    contexts.open("one").reset();
    contexts.close("one");
    contexts.close("one");
    contexts.close("before");
    assertEquals(List.of("opened one", "reset one", "closed one", "closed before"), events.seen);
    listening.close();
    listening.close();
    contexts.open("two");
    assertEquals(4, events.seen.size());
  }

  @Test
  void aListenerThatFailsIsLoggedAndChangesNothing() throws Exception {
    Events events = new Events();
    contexts.listen(
        new PythonContextListener() {
          @Override
          public void opened(PythonContext context) {
            throw new IllegalArgumentException("a listener's own");
          }
        });
    contexts.listen(events);
    assertEquals(1, contexts.open("one").evalLong("1"));
    assertEquals(List.of("opened one"), events.seen);
    RecordedLogs.await("a listener of contexts failed");
    assertThrows(NullPointerException.class, () -> contexts.listen(null));
  }
}

package io.gilgamesh.internal;

import static io.gilgamesh.internal.NativeCase.attached;
import static io.gilgamesh.internal.NativeCase.detached;
import static io.gilgamesh.internal.NativeCase.infallible;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonStartException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A case for each native of contexts, transactions, handles, buffers and the runtime. */
final class LifeCases extends NativeCalls {

  private final PythonObject thing;

  LifeCases(PythonContext python, ContextState state) {
    super(python, state);
    thing = python.eval("object()");
  }

  Stream<NativeCase> all() {
    return Stream.of(contexts(), handles(), stops(), upcalls(), others()).flatMap(List::stream);
  }

  private List<NativeCase> contexts() {
    return List.of(
        detached(
            "ContextNatives.open",
            failing -> {
              long opened =
                  number(failing, request -> request.text("one"), at -> ContextNatives.open(at));
              closeContext(() -> {}, opened);
            }),
        detached("ContextNatives.openIsolated", this::openIsolated),
        attached(
            "ContextNatives.close",
            failing -> {
              long opened =
                  number(() -> {}, request -> request.text("one"), at -> ContextNatives.open(at));
              try {
                closeContext(failing, opened);
              } catch (Throwable e) {
                TestingNatives.provoke(0);
                closeContext(() -> {}, opened); // a close that failed can be tried again
                throw e;
              }
            }),
        handle(
            "ContextNatives.globals", NativeCalls::nothing, at -> ContextNatives.globals(id(), at)),
        detached("TransactionNatives.begin", failing -> end(() -> {}, begin(failing))),
        detached(
            "TransactionNatives.end",
            failing -> {
              long token = begin(() -> {});
              retried(failing, how -> end(how, token));
            }),
        detached(
            "TransactionNatives.abandon",
            failing ->
                number(
                    failing,
                    NativeCalls::nothing,
                    at -> TransactionNatives.abandon(id(), 1L << 40, at))),
        detached(
            "TransactionNatives.letGo",
            failing ->
                number(
                    failing,
                    NativeCalls::nothing,
                    at -> TransactionNatives.letGo(id(), 1L << 40, at))),
        detached("TransactionNatives.detach", failing -> letGo(failing, () -> {})),
        detached("TransactionNatives.reattach", failing -> letGo(() -> {}, failing)),
        infallible("TransactionNatives.pinned", failing -> pinned()));
  }

  /** What a CPython that has no such interpreters answers is an answer. */
  private void openIsolated(NativeCase.Failing failing) {
    try {
      long opened =
          number(failing, request -> request.text("one"), at -> ContextNatives.openIsolated(at));
      closeContext(() -> {}, opened);
    } catch (UnsupportedOperationException e) {
      assertTrue(e.getMessage().contains("3.11"), e.getMessage());
    }
  }

  private void closeContext(NativeCase.Failing failing, long context) {
    number(failing, NativeCalls::nothing, at -> ContextNatives.close(context, at));
  }

  @SuppressWarnings("deprecation") // Thread.threadId() is of a newer JDK
  private long begin(NativeCase.Failing failing) {
    long thread = Thread.currentThread().getId();
    return number(
        failing, NativeCalls::nothing, at -> TransactionNatives.begin(id(), thread, -1, at));
  }

  private void end(NativeCase.Failing failing, long token) {
    number(failing, NativeCalls::nothing, at -> TransactionNatives.end(id(), token, at));
  }

  /** What failed is done once more, without a failure; then the exception goes on. */
  private static void retried(NativeCase.Failing failing, Consumer<NativeCase.Failing> work) {
    try {
      work.accept(failing);
    } catch (Throwable e) {
      TestingNatives.provoke(0);
      work.accept(() -> {});
      throw e;
    }
  }

  private void letGo(NativeCase.Failing detaching, NativeCase.Failing reattaching) {
    long token = begin(() -> {});
    try {
      retried(
          detaching,
          how -> number(how, NativeCalls::nothing, at -> TransactionNatives.detach(id(), at)));
      retried(
          reattaching,
          how -> number(how, NativeCalls::nothing, at -> TransactionNatives.reattach(id(), at)));
    } finally {
      TestingNatives.provoke(0);
      end(() -> {}, token);
    }
  }

  private static void pinned() {
    boolean[] ran = new boolean[1];
    TransactionNatives.pinned(() -> ran[0] = true);
    try {
      TransactionNatives.pinned(
          () -> {
            throw new UnsupportedOperationException("thrown below a native frame");
          });
      throw new AssertionError("what the body threw is lost");
    } catch (UnsupportedOperationException e) {
      if (!ran[0]) {
        throw new AssertionError("the body did not run", e);
      }
    }
  }

  // ---- HandleNatives, BufferNatives, RuntimeNatives, LoaderNatives

  private List<NativeCase> handles() {
    return List.of(
        handle(
            "HandleNatives.keep",
            NativeCalls::nothing,
            at -> HandleNatives.keep(id(), ref(thing), at)),
        detached(
            "HandleNatives.close", // attached it is closed at once, else only posted
            failing -> {
              long token = begin(() -> {});
              try {
                long made = number(() -> {}, r -> r.value("a"), this::make);
                retried(
                    failing,
                    how ->
                        number(
                            how, NativeCalls::nothing, at -> HandleNatives.close(id(), made, at)));
              } finally {
                TestingNatives.provoke(0);
                end(() -> {}, token);
              }
            }),
        infallible(
            "HandleNatives.reclaim",
            failing -> {
              long made = number(() -> {}, request -> request.value("a"), this::make);
              HandleNatives.reclaim(0, new long[] {made, 0, -1}, 3);
              HandleNatives.reclaim(77, new long[] {made}, 1);
              try {
                HandleNatives.reclaim(0, new long[1], 5);
                throw new AssertionError("a count beyond the array was taken");
              } catch (ArrayIndexOutOfBoundsException e) {
                expect(42, python.evalLong("42"));
              }
            }));
  }

  private long make(long address) {
    return ObjectNatives.make(id(), Want.OBJECT, address);
  }

  private List<NativeCase> stops() {
    return List.of(
        detached("StopNatives.open", failing -> closeScope(() -> {}, openScope(failing))),
        detached(
            "StopNatives.fire",
            failing -> {
              long scope = openScope(() -> {});
              Consumer<Exchange> reason = request -> request.text("why");
              try {
                expect(1, number(failing, reason, at -> StopNatives.fire(scope, 0, at)));
                expect(0, number(() -> {}, reason, at -> StopNatives.fire(scope, 0, at)));
              } finally {
                closeScope(() -> {}, scope);
              }
            }),
        detached(
            "StopNatives.close",
            failing -> {
              long scope = openScope(() -> {});
              retried(failing, how -> closeScope(how, scope));
            }),
        detached(
            "StopNatives.interrupt",
            failing ->
                expect(
                    0,
                    number(
                        failing,
                        request -> request.text("why"),
                        at -> StopNatives.interrupt(id(), at)))),
        detached(
            "StopNatives.running",
            failing -> number(failing, NativeCalls::nothing, at -> StopNatives.running(id(), at))),
        detached(
            "StopNatives.stacks",
            failing -> number(failing, NativeCalls::nothing, at -> StopNatives.stacks(id(), at))));
  }

  private long openScope(NativeCase.Failing failing) {
    return number(failing, NativeCalls::nothing, StopNatives::open);
  }

  private void closeScope(NativeCase.Failing failing, long scope) {
    number(failing, NativeCalls::nothing, at -> StopNatives.close(scope, at));
  }

  private List<NativeCase> others() {
    return List.of(
        infallible("BufferNatives.view", failing -> view()),
        infallible("BufferNatives.free", failing -> view()),
        infallible("BufferNatives.address", failing -> view()),
        infallible(
            "LoaderNatives.open",
            failing -> {
              String why = LoaderNatives.open("/no/such/libpython.so");
              if (why == null || !why.contains("/no/such/libpython.so")) {
                throw new AssertionError("opened what is not there: " + why);
              }
            }),
        infallible("TestingNatives.provoke", failing -> expect(0, TestingNatives.provoke(0))),
        detached(
            "RuntimeNatives.stats",
            failing -> number(failing, NativeCalls::nothing, RuntimeNatives::stats)),
        detached(
            "RuntimeNatives.runProgram",
            failing ->
                expect(
                    3,
                    number(
                        failing,
                        request -> request.value(List.of("code", "raise SystemExit(3)")),
                        RuntimeNatives::runProgram))),
        detached(
            "RuntimeNatives.drain",
            failing -> number(failing, NativeCalls::nothing, RuntimeNatives::drain)),
        detached(
            "RuntimeNatives.defineShape",
            failing -> {
              byte[] anything = {1, 0, 0, 0, ShapeDefinition.ANY};
              expect(
                  number(failing, request -> request.value(anything), RuntimeNatives::defineShape),
                  number(
                      () -> {}, request -> request.value(anything), RuntimeNatives::defineShape));
            }));
  }

  private List<NativeCase> upcalls() {
    return List.of(
        infallible(
            "UpcallNatives.adopted",
            failing -> {
              long before = UpcallNatives.adopted();
              python.set("handed", new Object());
              expect(before + 1, UpcallNatives.adopted());
              python.exec("del handed");
            }),
        infallible("UpcallNatives.awaitDead", failing -> awaitDead()),
        infallible(
            "UpcallNatives.replaceEntry",
            failing -> {
              UpcallStub.install();
              long[] seen = {0};
              python.set("call", (Runnable) () -> seen[0]++);
              python.exec("call(); del call");
              expect(1, seen[0]);
            }));
  }

  /** The bridge's own thread waits too, so an object is made and dropped until this one gets it. */
  private void awaitDead() {
    Thread maker =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                python.set("handed", new Object());
              }
            });
    maker.start();
    long[] dead = new long[1];
    expect(1, UpcallNatives.awaitDead(dead));
    maker.interrupt();
    HostTable.remove(dead, 0, 1);
  }

  /** A reply that comes in a block: looked at by its address, and given back. */
  private void view() {
    long held = Stats.read()[StatsLayout.REPLY_BYTES];
    try (Exchange exchange = Exchange.lease(state)) {
      exchange.value("x".repeat(1 << 20));
      long result = ObjectNatives.make(id(), Want.TEXT, exchange.address());
      if (result != Exchange.FAILED) {
        expect((1 << 20) + 5, result);
        return;
      }
      expect(Exchange.STATUS_OVERFLOW, exchange.takeStatus());
      ByteBuffer block = BufferNatives.view(exchange.blockAddress(), exchange.blockLength());
      expect(exchange.blockAddress(), BufferNatives.address(block));
      expect('x', block.get(block.capacity() - 1));
      BufferNatives.free(exchange.blockAddress(), exchange.blockLength());
    }
    expect(held, Stats.read()[StatsLayout.REPLY_BYTES]);
  }

  /** Those after which nothing else works. */
  Stream<NativeCase> last() {
    return Stream.of(
        NativeCase.last(
            "RuntimeNatives.start",
            failing -> {
              try {
                number(failing, request -> request.value(Map.of()), RuntimeNatives::start);
                throw new AssertionError("started twice");
              } catch (PythonStartException e) {
                expect(0, e.getMessage().contains("started before") ? 0 : 1);
              }
            }),
        NativeCase.last(
            "RuntimeNatives.shutdown",
            failing ->
                number(
                    failing,
                    NativeCalls::nothing,
                    at -> RuntimeNatives.shutdown(at, 1_000_000_000L))));
  }
}

package io.gilgamesh.internal;

import static io.gilgamesh.internal.NativeCase.attached;

import io.gilgamesh.JavaObject;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonObject;
import java.util.List;
import java.util.stream.Stream;

/** A case for each native of objects and of code. */
final class ObjectCases extends NativeCalls {

  private static final int EXEC = 0;
  private static final int EVAL = 1;
  private static final int SINGLE = -1;

  private final PythonObject list;
  private final PythonObject function;
  private final PythonObject thing;
  private final PythonObject manager;
  private final PythonObject type;

  ObjectCases(PythonContext python, ContextState state) {
    super(python, state);
    python.exec(
        "class Thing:\n    x = 1\n    def m(self, a=1): return a\n"
            + "    def __enter__(self): return self\n    def __exit__(self, *_): return True\n"
            + "thing = Thing()\nl = [1, 2, 3]\ndef f(a=1): return a\n");
    list = python.get("l");
    function = python.get("f");
    thing = python.get("thing");
    manager = python.get("thing");
    type = python.get("Thing");
  }

  Stream<NativeCase> all() {
    return Stream.of(objects(), items(), questions(), code()).flatMap(List::stream);
  }

  private List<NativeCase> objects() {
    long x = name("x");
    long y = name("y");
    long m = name("m");
    return List.of(
        scalar(
            "ObjectNatives.call0",
            1,
            NativeCalls::nothing,
            at -> ObjectNatives.call0(id(), ref(function), Want.LONG, at)),
        scalar(
            "ObjectNatives.call",
            7,
            request -> request.arguments(7),
            at -> ObjectNatives.call(id(), ref(function), Want.LONG, at)),
        scalar(
            "ObjectNatives.callMethod",
            5,
            request -> request.arguments(5),
            at -> ObjectNatives.callMethod(id(), ref(thing), m, Want.LONG, at)),
        scalar(
            "ObjectNatives.attribute",
            1,
            NativeCalls::nothing,
            at -> ObjectNatives.attribute(id(), ref(thing), x, Want.LONG, at)),
        handle(
            "ObjectNatives.findAttribute",
            NativeCalls::nothing,
            at -> ObjectNatives.findAttribute(id(), ref(thing), m, Want.OBJECT, at)),
        scalar(
            "ObjectNatives.setAttribute",
            0,
            request -> request.value(2),
            at -> ObjectNatives.setAttribute(id(), ref(thing), y, at)),
        attached(
            "ObjectNatives.deleteAttribute",
            failing -> {
              thing.setAttr("y", 3);
              number(
                  failing,
                  NativeCalls::nothing,
                  at -> ObjectNatives.deleteAttribute(id(), ref(thing), y, at));
            }));
  }

  /** A result of one part, wanted as a value, whose step has no name. */
  private static Exchange oneValue(Exchange request) {
    int at = request.reserve(12);
    request.buffer.putInt(at, 1).putInt(at + 4, Want.VALUE).putInt(at + 8, 0);
    return request;
  }

  private List<NativeCase> items() {
    return List.of(
        scalar(
            "ObjectNatives.item",
            2,
            request -> request.value(1),
            at -> ObjectNatives.item(id(), ref(list), Want.LONG, at)),
        scalar(
            "ObjectNatives.setItem",
            0,
            request -> request.value(0).value(1),
            at -> ObjectNatives.setItem(id(), ref(list), at)),
        attached(
            "ObjectNatives.deleteItem",
            failing -> {
              list.call("append", 4).close();
              number(
                  failing,
                  request -> request.value(-1),
                  at -> ObjectNatives.deleteItem(id(), ref(list), at));
            }),
        attached(
            "ObjectNatives.mapRows",
            failing -> {
              try (PythonObject same = python.eval("lambda x: x")) {
                number(
                    failing,
                    request -> request.rows(List.of(1, 2)),
                    at -> ObjectNatives.mapRows(id(), ref(same), Want.VALUE, at));
              }
            }),
        attached(
            "ObjectNatives.callParts",
            failing -> {
              try (PythonObject one = python.eval("lambda: (1,)")) {
                number(
                    failing,
                    request -> oneValue(request).arguments(),
                    at -> ObjectNatives.callParts(id(), ref(one), at));
              }
            }),
        attached(
            "ObjectNatives.nextBatch",
            failing -> {
              try (PythonObject iterator = python.eval("iter('abc')");
                  Exchange exchange = Exchange.lease(state)) {
                long address = exchange.address();
                failing.now();
                long length =
                    ObjectNatives.nextBatch(id(), ref(iterator), 2, Want.OBJECT, SINGLE, address);
                Calls.number(exchange, length);
                release(exchange.buffer.getLong(Exchange.PAYLOAD + 5));
                release(exchange.buffer.getLong(Exchange.PAYLOAD + 14));
              }
            }),
        attached(
            "ObjectNatives.iterate",
            failing -> {
              try (Exchange exchange = Exchange.lease(state)) {
                long address = exchange.address();
                failing.now();
                long length =
                    ObjectNatives.iterate(id(), ref(list), 1, Want.VALUE, SINGLE, address);
                Calls.number(exchange, length);
                release(exchange.buffer.getLong(Exchange.PAYLOAD + 14));
              }
            }),
        handle(
            "ObjectNatives.element",
            NativeCalls::nothing,
            at -> ObjectNatives.element(id(), ref(list), 0, Access.FIND, Want.OBJECT, at)),
        scalar(
            "ObjectNatives.entry",
            1,
            request -> request.value(2),
            at -> ObjectNatives.entry(id(), ref(list), Access.CONTAINS, Want.NOTHING, at)),
        handle(
            "ObjectNatives.make",
            request -> request.value(List.of("a", 1)),
            at -> ObjectNatives.make(id(), Want.OBJECT, at)),
        handle(
            "ObjectNatives.intern",
            request -> request.text("a name"),
            at -> ObjectNatives.intern(id(), at)));
  }

  private List<NativeCase> questions() {
    return List.of(
        scalar(
            "ObjectNatives.operate",
            1,
            request -> request.value(2),
            at -> ObjectNatives.operate(id(), ref(list), Operator.CONTAINS, Want.BOOLEAN, at)),
        scalar(
            "ObjectNatives.inspect",
            1,
            NativeCalls::nothing,
            at -> ObjectNatives.inspect(id(), ref(list), Inspect.TRUTH, Want.BOOLEAN, at)),
        scalar(
            "ObjectNatives.same",
            1,
            NativeCalls::nothing,
            at -> ObjectNatives.same(id(), ref(thing), ref(manager), at)),
        scalar(
            "ObjectNatives.isInstance",
            0,
            request -> request.value(type),
            at -> ObjectNatives.isInstance(id(), ref(list), at)),
        scalar(
            "ObjectNatives.exit",
            1,
            request -> request.value(JavaObject.of(new Exception("thrown"))),
            at -> ObjectNatives.exit(id(), ref(manager), at)));
  }

  // ---- CodeNatives

  private static void source(Exchange request) {
    request.text("6 * 7").text("<case>").value(List.of());
  }

  private long compiled(String source, String... parameters) {
    return number(
        () -> {},
        request -> request.text(source).text("<case>").value(List.of(parameters)),
        at -> CodeNatives.compile(id(), EVAL, at));
  }

  private List<NativeCase> code() {
    long answer = compiled("6 * 7");
    long sum = compiled("a + b", "a", "b");
    return List.of(
        handle(
            "CodeNatives.compile", ObjectCases::source, at -> CodeNatives.compile(id(), EXEC, at)),
        scalar(
            "CodeNatives.run",
            42,
            NativeCalls::nothing,
            at -> CodeNatives.run(id(), answer, Want.LONG, at)),
        scalar(
            "CodeNatives.runWith",
            3,
            request -> request.arguments(1, 2),
            at -> CodeNatives.runWith(id(), sum, Want.LONG, at)),
        handle(
            "CodeNatives.importModule",
            request -> request.text("sys"),
            at -> CodeNatives.importModule(id(), Want.OBJECT, at)));
  }
}

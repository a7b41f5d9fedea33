package io.gilgamesh;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Recurses without end in many ways, on threads with a stack of so many KB, and prints what came of
 * each.
 *
 * <p>Arguments: the stack size in KB, and the recursion limit to set, or 0. With the word {@code
 * java} in third place the thread enters Python from a Java recursion that has used much of its
 * stack; with {@code later} it has entered Python before, from the top of its stack.
 */
final class DeepRecursionMain {

  private static final Set<String> EXPECTED =
      Set.of("RecursionError", "MemoryError", "SyntaxError", "IndentationError");

  private static final String SETUP =
      """
      import ast, contextlib, copy, functools, json, operator, pickle, re, sys
      if LIMIT:
          sys.setrecursionlimit(LIMIT)
      def nested(step, count=100_000):
          value = step(None)
          for _ in range(count):
              value = step(value)
          return value
      def outcome(recurse):
          try:
              recurse()
              return "nothing"
          except (RecursionError, MemoryError, SyntaxError) as e:
              return type(e).__name__
      """;

  private DeepRecursionMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    long stackSize = Long.parseLong(arguments[0]) * 1024;
    String entry = arguments.length > 2 ? arguments[2] : "";
    Python python = Python.start();
    Map<String, String> kinds = kinds();
    int[] bad = new int[1];
    kinds.forEach(
        (name, source) -> {
          PythonContext context = python.contexts().open(name);
          String setup = SETUP.replace("LIMIT", arguments[1]) + source;
          bad[0]++;
          Runnable body = () -> bad[0] -= report(name, context, setup);
          runOn(stackSize, entering(entry, stackSize, context, body));
          context.close();
        });
    System.out.println("kinds " + kinds.size() + ", bad " + bad[0]);
    python.close();
    System.exit(bad[0]);
  }

  /** 1 where the recursion ended as it should. */
  private static int report(String name, PythonContext context, String setup) {
    context.exec(setup);
    String outcome = context.evalText("outcome(recurse)");
    System.out.println(name + ": " + outcome);
    return EXPECTED.contains(outcome) ? 1 : 0;
  }

  private static Runnable entering(
      String entry, long stackSize, PythonContext context, Runnable body) {
    Runnable deep = () -> below(stackSize / 160, body);
    return switch (entry) {
      case "java" -> deep;
      case "later" ->
          () -> {
            context.exec("pass");
            deep.run();
          };
      default -> body;
    };
  }

  private static void runOn(long stackSize, Runnable body) {
    Thread thread = new Thread(null, body, "deep", stackSize);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Frames of some 50 to 100 bytes; the last one runs the body. */
  private static long below(long frames, Runnable body) {
    if (frames > 0) {
      return 1 + below(frames - 1, body);
    }
    body.run();
    return 0;
  }

  private static Map<String, String> kinds() {
    Map<String, String> kinds = new LinkedHashMap<>();
    calls(kinds);
    classes(kinds);
    values(kinds);
    libraries(kinds);
    sources(kinds);
    return kinds;
  }

  private static void calls(Map<String, String> kinds) {
    kinds.put("function", "def recurse(n=0): return recurse(n + 1)");
    kinds.put("reduce", "def recurse(*a): return functools.reduce(recurse, [1, 2, 3])");
    kinds.put("map", "def recurse(x=0): return list(map(recurse, [1, 2]))");
    kinds.put("sort key", "def recurse(x=0): return sorted([1, 2, 3], key=recurse)");
    kinds.put("max key", "def recurse(x=0): return max([1, 2], key=recurse)");
    kinds.put("partial", "def recurse(): return functools.partial(recurse)()");
    kinds.put("cache", "recurse = functools.lru_cache(None)(lambda n=0: recurse(n + 1))");
    kinds.put("generator", "def recurse(n=0): return list(recurse(n + 1) for _ in [1])");
    kinds.put("yield from", "def deep(): yield from deep()\ndef recurse(): next(deep())");
    kinds.put("substitution", "def recurse(m=None): return re.sub('a', recurse, 'aaa')");
    kinds.put("exec", "text = 'exec(text)'\ndef recurse(): exec(text, globals())");
    kinds.put("manager", managerSource());
  }

  private static String managerSource() {
    return """
    @contextlib.contextmanager
    def deep():
        with deep():
            yield
    def recurse():
        with deep():
            pass
    """;
  }

  private static void classes(Map<String, String> kinds) {
    method(kinds, "__repr__(self)", "repr(self)", "repr(A())");
    method(kinds, "__str__(self)", "f'{self!s}'", "str(A())");
    method(kinds, "__getattr__(self, name)", "getattr(self, name + 'x')", "A().x");
    method(kinds, "__getattribute__(self, name)", "self.foo", "A().x");
    method(kinds, "__eq__(self, other)", "self == other", "A() == A()");
    method(kinds, "__hash__(self)", "hash(self)", "{A(): 1}");
    method(kinds, "__lt__(self, other)", "sorted([A(), A()])", "sorted([A(), A()])");
    method(kinds, "__add__(self, other)", "self + other", "A() + 1");
    method(kinds, "__getitem__(self, key)", "self[key]", "A()[1]");
    method(kinds, "__call__(self, *a, **k)", "self(*a, **k)", "A()(1, 2, k=3)");
    method(kinds, "__init__(self)", "A()", "A()");
    method(kinds, "__reduce__(self)", "(list, ([A()],))", "pickle.dumps(A())");
    method(kinds, "__deepcopy__(self, memo)", "copy.deepcopy(A(), memo)", "copy.deepcopy(A())");
  }

  private static void method(Map<String, String> kinds, String header, String body, String start) {
    kinds.put(
        header,
        "class A:\n    def %s: return %s\ndef recurse(): %s".formatted(header, body, start));
  }

  private static void values(Map<String, String> kinds) {
    value(kinds, "repr of lists", "lambda v: [v]", "repr(value)");
    value(kinds, "repr of dicts", "lambda v: {1: v}", "repr(value)");
    value(kinds, "comparison", "lambda v: [v]", "value == nested(lambda v: [v])");
    value(kinds, "json writes lists", "lambda v: [v]", "json.dumps(value)");
    value(kinds, "json writes dicts", "lambda v: {'k': v}", "json.dumps(value)");
    value(kinds, "pickle writes lists", "lambda v: [v]", "pickle.dumps(value)");
    value(kinds, "pickle writes tuples", "lambda v: (v,)", "pickle.dumps(value)");
    value(kinds, "python pickle", "lambda v: [v]", "pickle._dumps(value)");
    value(kinds, "deepcopy", "lambda v: [v]", "copy.deepcopy(value)");
  }

  private static void value(Map<String, String> kinds, String name, String step, String use) {
    kinds.put(name, "value = nested(%s)\ndef recurse(): %s".formatted(step, use));
  }

  private static void libraries(Map<String, String> kinds) {
    kinds.put("json reads lists", "def recurse(): json.loads('[' * 100_000)");
    kinds.put("json reads dicts", "def recurse(): json.loads('{\"a\":' * 100_000)");
    kinds.put(
        "json hook", "def recurse(o=None): return json.loads('{\"a\": 1}', object_hook=recurse)");
    kinds.put("json default", "def recurse(o=None): return json.dumps(object(), default=recurse)");
    kinds.put("regex", "def recurse(): re.compile('(?:' * 50_000 + ')' * 50_000)");
  }

  private static void sources(Map<String, String> kinds) {
    source(kinds, "parentheses", "'(' * 100_000");
    source(kinds, "minus", "'-' * 100_000 + '1'");
    source(kinds, "not", "'not ' * 100_000 + '1'");
    source(kinds, "lambda", "'lambda:' * 100_000 + '1'");
    source(kinds, "conditional", "'1 if 1 else ' * 100_000 + '1'");
    source(kinds, "power", "'x ** -' * 100_000 + '1'");
    source(kinds, "attributes", "'x' + '.a' * 100_000");
    source(kinds, "indentation", "''.join(' ' * i + 'if 1:\\n' for i in range(120))");
    kinds.put("ast", treeSource());
  }

  private static void source(Map<String, String> kinds, String name, String text) {
    kinds.put("source of " + name, "def recurse(): compile(%s, 'deep', 'exec')".formatted(text));
    kinds.put("ast of " + name, "def recurse(): ast.dump(ast.parse(%s))".formatted(text));
  }

  private static String treeSource() {
    return """
    def recurse():
        place = dict(lineno=1, col_offset=0, end_lineno=1, end_col_offset=1)
        first = ast.Constant(1, **place)
        compile(ast.Expression(nested(lambda v: ast.UnaryOp(ast.USub(), v or first, **place))), "deep", "eval")
    """;
  }
}

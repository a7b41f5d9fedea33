package io.gilgamesh.upcalls;

import io.gilgamesh.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A Java class is the Python class where the policy of the process lets scripts look it up. */
class ClassPoliciesTest {

  private static void expect(String policy, List<String> codes, String output) {
    List<String> arguments = new ArrayList<>(codes);
    arguments.add(0, policy);
    ChildJvm.of(ClassPoliciesChildMain.class)
        .arguments(arguments.toArray(String[]::new))
        .run()
        .expectExit(0)
        .expectOutput(output);
  }

  @Test
  void noneOpensNoClass() {
    expect(
        "NONE",
        List.of(
            "type(day)._java_name_", "day.getName()", "type(arrays)._java_name_", "type(app)()"),
        """
        type(day)._java_name_ java.lang.Class
        day.getName() AttributeError
        type(arrays)._java_name_ java.lang.Class
        type(app)() TypeError
        """);
  }

  @Test
  void explicitOpensWhatIsExported() {
    expect(
        "EXPLICIT",
        List.of(
            "opened is type(app)",
            "app.same(type(app)) is opened",
            "opened.getName()",
            "type(closed)._java_name_",
            "closed.getName()",
            "app.same(closed).getName()",
            "arrays(2)"),
        """
        opened is type(app) True
        app.same(type(app)) is opened True
        opened.getName() AttributeError
        type(closed)._java_name_ java.lang.Class
        closed.getName() AttributeError
        app.same(closed).getName() AttributeError
        arrays(2) [0, 0]
        """);
  }

  @Test
  void allOpensReflectionOfEveryClassThroughTheClass() {
    expect(
        "ALL",
        List.of(
            "app.getClass() is type(app) is opened",
            "app.getClass().getSimpleName()",
            "day.isEnum()",
            "day.forName('java.time.Month').getSimpleName()",
            "day.getMethod('valueOf', day.forName('java.lang.String')).getName()",
            "day.getInterfaces()[0].getSimpleName()",
            "day.nonsense",
            "thread.getClass().getName()",
            "day.forName('java.lang.Class').getName(thread.getClass())"),
        """
        app.getClass() is type(app) is opened True
        app.getClass().getSimpleName() Opened
        day.isEnum() True
        day.forName('java.time.Month').getSimpleName() Month
        day.getMethod('valueOf', day.forName('java.lang.String')).getName() valueOf
        day.getInterfaces()[0].getSimpleName() TemporalAccessor
        day.nonsense AttributeError
        thread.getClass().getName() TypeError
        day.forName('java.lang.Class').getName(thread.getClass()) java.lang.Thread
        """);
  }
}

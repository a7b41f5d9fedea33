package io.gilgamesh.internal.facade;

import io.gilgamesh.internal.Invocations;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the call of a method does. */
interface Way {

  /** Calls the attribute. */
  Way CALL =
      (by, proxy, plan, given) ->
          Invocations.call(by.object(), plan.name, plan.result, plan.arguments.arguments(given));

  /** Reads the attribute. */
  Way READ = (by, proxy, plan, given) -> Invocations.attribute(by.object(), plan.name, plan.result);

  /** Calls the object itself. */
  Way APPLY =
      (by, proxy, plan, given) ->
          Invocations.apply(by.object(), plan.result, plan.arguments.arguments(given));

  /** Reads the attribute that a getter is named after. */
  Way GET =
      (by, proxy, plan, given) -> Invocations.attribute(by.object(), plan.property(), plan.result);

  /** Sets the attribute that a setter is named after. */
  Way SET =
      (by, proxy, plan, given) -> {
        by.object().setAttr(plan.property(), first(given));
        return null;
      };

  /** Iterates over the object. */
  Way ITERATE = (by, proxy, plan, given) -> Invocations.itself(by.object(), plan.result);

  /** Asks the proxy's one iteration whether there is more. */
  Way HAS_NEXT = (by, proxy, plan, given) -> by.iterator(plan).hasNext();

  /** Takes the next element of the proxy's one iteration. */
  Way NEXT = (by, proxy, plan, given) -> by.iterator(plan).next();

  /** Compares by Python's operators. */
  Way COMPARE =
      (by, proxy, plan, given) -> {
        Object other = first(given);
        if (by.object().lessThan(other)) {
          return -1;
        }
        return by.object().greaterThan(other) ? 1 : 0;
      };

  /** Leaves Python's {@code with}. */
  Way EXIT =
      (by, proxy, plan, given) -> {
        by.object().call("__exit__", null, null, null).close();
        return null;
      };

  /** Releases the proxy's handle. */
  Way RELEASE =
      (by, proxy, plan, given) -> {
        by.object().close();
        return null;
      };

  /** Runs the default method of the interface. */
  Way JAVA = (by, proxy, plan, given) -> plan.javas().run(proxy, given);

  @Nullable Object go(
      FacadeHandler by, Object proxy, MethodPlan plan, @Nullable Object @Nullable [] given)
      throws Throwable;

  private static @Nullable Object first(@Nullable Object @Nullable [] given) {
    return Objects.requireNonNull(given, "the method has a parameter")[0];
  }
}

package io.gilgamesh.internal.facade;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.internal.Invocations;
import io.gilgamesh.internal.StackTraces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Asks before any call whether an object has what the methods of an interface need, in one
 * crossing: attributes, that they can be called, and that they take as many arguments.
 */
final class BindCheck {

  private BindCheck() {}

  /**
   * Refuses an object that does not fit.
   *
   * @throws IllegalArgumentException with all methods that do not fit
   */
  static void require(PythonObject object, String what, Facade facade) {
    List<MethodPlan> plans =
        facade.plans().stream()
            .filter(plan -> plan.isAbstract() && plan.protocol == Protocol.NONE)
            .filter(plan -> !InterfaceMethods.isOfObject(plan.method))
            .sorted(Comparator.comparing(MethodPlan::toString))
            .toList();
    List<String> misfits = new ArrayList<>(results(object, plans));
    misfits.addAll(Invocations.misfits(object, plans.stream().map(BindCheck::member).toList()));
    if (!misfits.isEmpty()) {
      throw StackTraces.trimmed(
          new IllegalArgumentException(what + " does not fit:\n  " + String.join("\n  ", misfits)));
    }
  }

  /** Methods whose results cannot be taken, whatever Python gives. */
  private static List<String> results(PythonObject object, List<MethodPlan> plans) {
    List<String> misfits = new ArrayList<>();
    for (MethodPlan plan : plans) {
      try {
        Invocations.check(object, plan.result);
      } catch (PythonConversionException e) {
        misfits.add(plan + ": " + e.getMessage());
      }
    }
    return misfits;
  }

  /** As {@code gilgamesh._facades.misfits} takes it. */
  private static List<Object> member(MethodPlan plan) {
    String property = plan.property == null ? "" : plan.property;
    return Arrays.asList(
        plan.toString(),
        plan.name,
        property,
        plan.isFunction,
        plan.mayRead(),
        plan.arguments.positional(),
        plan.arguments.keywords(),
        plan.arguments.isOpen());
  }
}

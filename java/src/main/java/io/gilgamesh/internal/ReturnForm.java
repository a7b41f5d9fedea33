package io.gilgamesh.internal;

import org.jspecify.annotations.Nullable;

/**
 * What a method of a Java interface returns: the form of its result in whichever context it is
 * called. Contexts without converters of their own share one form, which is found here at once.
 */
public final class ReturnForm {

  private record Known(ConverterTable table, TypeForm<?> form) {}

  private final ResolvedType type;
  private volatile @Nullable Known last;

  /**
   * Describes a result.
   *
   * @param type its type; that of {@code void} for none
   */
  public ReturnForm(ResolvedType type) {
    this.type = type;
  }

  /**
   * Gives the type.
   *
   * @return the result's type
   */
  public ResolvedType type() {
    return type;
  }

  /**
   * Tells whether the method returns nothing.
   *
   * @return whether the type is {@code void}
   */
  public boolean isVoid() {
    return type.raw() == void.class;
  }

  /**
   * Finds the form.
   *
   * @param context where the method is called
   * @return the form there
   */
  public TypeForm<?> in(ContextState context) {
    ConverterTable table = context.converters().table();
    Known known = last;
    if (known == null || known.table != table) {
      known = new Known(table, TypeForm.of(context, type));
      last = known;
    }
    return known.form;
  }
}

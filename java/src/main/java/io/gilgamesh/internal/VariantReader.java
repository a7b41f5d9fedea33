package io.gilgamesh.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the records of a family, which the core has told apart. */
final class VariantReader extends TypeReader {

  private final RecordFamily family;
  private final List<TypeReader> members = new ArrayList<>();

  VariantReader(RecordFamily family) {
    this.family = family;
  }

  /** Adds the reader of the next member. */
  void member(TypeReader reader) {
    members.add(reader);
  }

  @Override
  void describe(ShapeDefinition shape) {
    List<ShapeDefinition.Link> cases = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      cases.add(new ShapeDefinition.Link(label(i), members.get(i)));
    }
    shape.variants(family.key(), cases);
  }

  private String label(int member) {
    return RecordFamily.label(family.members().get(member));
  }

  @Override
  @Nullable Object read(Reader from) {
    byte tag = from.readByte();
    return switch (tag) {
      case Tag.VARIANT -> members.get(from.readInt()).read(from);
      case Tag.NO_VARIANT -> throw unknown(from);
      case Tag.NULL -> null;
      default -> throw refused(from, tag, family.type().getTypeName());
    };
  }

  private Misfit unknown(Reader from) {
    String one = "one of " + family.members().stream().map(RecordFamily::label).toList();
    if (from.skip(Tag.ABSENT)) {
      return new Misfit(
          "has no '"
              + family.key()
              + "' that says which "
              + family.type().getSimpleName()
              + " it is: "
              + one);
    }
    Object label = ValueDecoder.read(from);
    return new Misfit(Targets.describe(label) + " is not " + one)
        .within("['" + family.key() + "']");
  }
}

package io.gilgamesh.internal;

import java.lang.ref.PhantomReference;

/** What stays of a managed handle when its Java object is dead: enough to release it. */
public final class TrackedHandle extends PhantomReference<Object> {

  final HandleRegistry registry;
  final long ref;

  TrackedHandle(Object owner, HandleRegistry registry, long ref) {
    super(owner, registry.reclaimer().queue());
    this.registry = registry;
    this.ref = ref;
  }
}

/**
 * Python objects as Java interfaces: proxies, and what their methods do. Knows no native method; it
 * calls what the package above offers.
 */
@NullMarked
package io.gilgamesh.internal.facade;

import org.jspecify.annotations.NullMarked;

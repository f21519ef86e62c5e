@NullMarked
package io.millrace.engine.listing;

import org.jspecify.annotations.NullMarked;

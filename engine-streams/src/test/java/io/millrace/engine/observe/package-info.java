@NullMarked
package io.millrace.engine.observe;

import org.jspecify.annotations.NullMarked;

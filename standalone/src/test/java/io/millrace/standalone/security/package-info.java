/** Millrace on a broker that asks who its clients are, with what the handbook says that each of them needs; and what is in logs. */
@NullMarked
package io.millrace.standalone.security;

import org.jspecify.annotations.NullMarked;

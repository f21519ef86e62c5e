package io.millrace.payload;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * Names a generic type at run time, as in {@code new TypeRef<List<Order>>() {}}.
 *
 * @param <T> the type that is named
 */
public abstract class TypeRef<T> {
    private final Type type;

    /** Made by an anonymous subclass, which carries the type argument. */
    protected TypeRef() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parameterized)) {
            throw new IllegalArgumentException("a TypeRef needs a type argument, as in new TypeRef<List<Order>>() {}");
        }
        this.type = parameterized.getActualTypeArguments()[0];
    }

    /** The type that was named. */
    public final Type type() {
        return type;
    }
}

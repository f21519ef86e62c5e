package io.millrace.client;

/** Something is larger than Millrace allows. It was refused before anything was sent; nothing is ever cut short. */
public final class LimitExceededException extends MillraceException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final long size;
    private final long limit;

    /**
     * What is too large.
     *
     * @param what names it, for example {@code input}
     * @param unit what both numbers count, for example {@code bytes}
     */
    public LimitExceededException(String what, long size, long limit, String unit) {
        super(what + " has " + size + " " + unit + ", the limit is " + limit + " " + unit);
        this.what = what;
        this.size = size;
        this.limit = limit;
    }

    static void check(String what, long size, long limit, String unit) {
        if (size > limit) {
            throw new LimitExceededException(what, size, limit, unit);
        }
    }

    /** What is too large, for example {@code input}. */
    public String what() {
        return what;
    }

    /** How large it is, in the unit that the message names. */
    public long size() {
        return size;
    }

    /** How large it may be, in the same unit. */
    public long limit() {
        return limit;
    }
}

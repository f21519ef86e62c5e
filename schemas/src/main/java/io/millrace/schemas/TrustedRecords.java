package io.millrace.schemas;

import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that it may make instances of the records of this module.
 *
 * <p>Since 1.12.2 Avro makes instances only of classes that it was told to trust, and generated records are not among them:
 * reading one, or copying one with {@code newBuilder(record)}, throws {@code SecurityException}. {@link Topic} and the serdes
 * establish the trust by themselves. Code that copies records without either, such as a test of pure logic, calls
 * {@link #establish()} first.
 *
 * <p>What an application trusts besides stays as it is, and nothing but the generated records of Millrace is added to it. An
 * application that calls {@link ClassSecurityValidator#setGlobal} itself must do so before it uses Millrace, or include what
 * {@link ClassSecurityValidator#getGlobal()} was.
 */
public final class TrustedRecords {
    private static final String RECORDS = "io.millrace.schemas";
    private static final String STORED_RECORDS = "io.millrace.schemas.store";

    static {
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), TrustedRecords::isRecord));
    }

    private TrustedRecords() {}

    /** Establishes the trust, once in a JVM. Safe to call from any thread, any number of times. */
    public static void establish() {
        // Done when this class was initialized.
    }

    private static boolean isRecord(Class<?> type) {
        String home = type.getPackageName();
        return (home.equals(RECORDS) || home.equals(STORED_RECORDS))
                && (SpecificRecord.class.isAssignableFrom(type) || GenericEnumSymbol.class.isAssignableFrom(type));
    }
}

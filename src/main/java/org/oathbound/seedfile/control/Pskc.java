package org.oathbound.seedfile.control;

import java.io.InputStream;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.oathbound.seedfile.entity.FileKey;
import org.oathbound.seedfile.entity.Hints;

/**
 * Portable Symmetric Key Container, RFC 6030: in the clear, or encrypted with a key that was agreed on or that comes
 * from a password. Keys for a certificate are refused, row by row. A signature over the file (section 8) is not
 * checked: no signer's certificate is known here; the MAC of its secret protects a token. Drafts of the RFC are read
 * where they are in the clear.
 */
public final class Pskc implements SeedFile {

    private static final Pattern VERSION = Pattern.compile("1(\\.[0-9]{1,3})?");
    private static final Set<String> PASSED_OVER = Set.of("Extensions", "Signature");

    private final Hints hints;
    private final FileKey key;

    public Pskc(Hints hints, FileKey key) {
        this.hints = hints;
        this.key = key;
    }

    @Override
    public void read(InputStream body, SeedRows rows) {
        PskcXml xml = new PskcXml(body);
        UnaryOperator<PskcElement> spelling = spelling(xml.root());
        checkRoot(spelling.apply(xml.root()));
        rows.columns(PskcRow.COLUMNS);
        PskcElement encryptionKey = null;
        PskcElement macMethod = null;
        PskcProtection protection = null;
        int number = 0;
        for (PskcElement read = xml.next(); read != null; read = xml.next()) {
            PskcElement next = spelling.apply(read);
            if (next.is("KeyPackage")) {
                if (protection == null) {
                    protection = new PskcProtection(key, encryptionKey, macMethod);
                }
                number++;
                rows.row(new PskcRow(next, number).read(hints, protection));
            } else if (next.is("EncryptionKey") && isFirst(encryptionKey, protection)) {
                encryptionKey = next;
            } else if (next.is("MACMethod") && isFirst(macMethod, protection)) {
                macMethod = next;
            } else if (!isPassedOver(next)) {
                throw PskcXml.invalid("The file has an element that is not expected there" + xml.place() + ".");
            }
        }
    }

    private static UnaryOperator<PskcElement> spelling(PskcElement root) {
        if (PrivacyIdeaPskc.wrote(root)) {
            return PrivacyIdeaPskc::asInRfc;
        }
        return PskcDraft.wrote(root) ? PskcDraft::asInRfc : UnaryOperator.identity();
    }

    private static void checkRoot(PskcElement root) {
        if (!root.is("KeyContainer")) {
            throw PskcXml.invalid("The file is not a KeyContainer of RFC 6030.");
        }
        if (!VERSION.matcher(PskcFault.orEmpty(root.attribute("Version"))).matches()) {
            throw PskcXml.invalid("The file is not of version 1.0 of RFC 6030.");
        }
    }

    /** What says how to read the keys stands before them, and once. */
    private static boolean isFirst(@Nullable PskcElement earlier, @Nullable PskcProtection protection) {
        return earlier == null && protection == null;
    }

    /** RFC 6030's figure 9 has the signature in its own namespace, its schema in that of XML Signature. */
    private static boolean isPassedOver(PskcElement element) {
        return element.is(PskcElement.SIGNATURES, "Signature")
                || (element.namespace().equals(PskcElement.PSKC) && PASSED_OVER.contains(element.name()));
    }
}

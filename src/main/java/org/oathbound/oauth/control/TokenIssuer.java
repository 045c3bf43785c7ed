package org.oathbound.oauth.control;

import com.nimbusds.jwt.SignedJWT;
import java.util.Optional;
import org.oathbound.application.control.RequestPrincipal;

/** Whoever issues access tokens that are good here: ourselves, or one that the configuration trusts. */
interface TokenIssuer {

    /** The token, if it is one of this issuer's, and holds now. */
    Optional<CheckedToken> check(SignedJWT token);

    /** Whom such a token stands for, as he is now. */
    Optional<RequestPrincipal> caller(CheckedToken token);
}

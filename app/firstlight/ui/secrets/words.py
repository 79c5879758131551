"""How the window says where secrets are kept."""

from __future__ import annotations

from firstlight.texts import N_

FOOTER = {
    "unknown": N_("Secrets"),
    "keyring": N_("Secrets: system keyring"),
    "keyring-locked": N_("Secrets: system keyring, locked"),
    "vault": N_("Secrets: vault"),
    "vault-locked": N_("Secrets: vault, locked"),
    "vault-broken": N_("Secrets: vault damaged"),
    "session": N_("Secrets: this session only"),
    "chosen-session": N_("Secrets: this session only"),
}
"""By SecretStore.standing()."""

PLAIN = N_("Files of the workspace hold references such as {reference} only, never the secret itself.")
"""True however things stand."""

HEADINGS = {
    "unknown": N_("Secrets are not looked for yet"),
    "keyring": N_("Secrets are kept in the system keyring"),
    "keyring-locked": N_("The system keyring is locked"),
    "vault": N_("Secrets are kept in the vault"),
    "vault-locked": N_("The vault is locked"),
    "vault-broken": N_("The vault is damaged"),
    "session": N_("Secrets are kept for this session only"),
    "chosen-session": N_("Secrets are kept for this session only"),
}

EXPLANATIONS = {
    "unknown": N_("The keyring is asked when a secret is first needed."),
    "keyring": N_("The keyring belongs to your account on this computer and opens with it."),
    "keyring-locked": N_("Until it is unlocked, new secrets are kept for this session only."),
    "vault": N_("An encrypted file under your master password. It stays open until the window closes or you lock it."),
    "vault-locked": N_("Until it is unlocked, its secrets are not known and new ones are kept for this session only."),
    "vault-broken": N_("Nothing is written to it. Put back a copy, or create a new one: the damaged file is kept."),
    "session": N_(
        "This system offers no keyring, so secrets are forgotten when the window closes. A vault, an encrypted file"
        " under a master password, would keep them."
    ),
    "chosen-session": N_("You wanted it so: new secrets are forgotten when the window closes."),
}

PLACES = {
    "session": N_("This session"),
    "lent": N_("Demo services"),
    "environment": N_("Environment variable"),
    "keyring": N_("System keyring"),
    "vault": N_("Vault"),
    "hidden": N_("Unknown while locked"),
    "": N_("Not set"),
}
"""By SecretStore.where()."""

REFUSED = {
    "vault": N_("The system keyring does not take this secret, it is too long; it is in the vault."),
    "session": N_("The system keyring does not take this secret, it is too long; it is kept for this session only."),
}
"""By the place where it is instead."""

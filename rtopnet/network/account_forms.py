"""Forms about accounts: inviting, accepting, passkeys."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from rtopnet.network.public import OfferedPost, name_in

NEW_DEPUTY, NEW_CONTRIBUTOR = "new:deputy", "new:contributor"


class InvitationForm(forms.Form):
    """Whom to invite, and to which post."""

    post = forms.ChoiceField(label=_("Post"))
    title = forms.CharField(
        label=_("Title of a new post"),
        max_length=120,
        required=False,
        help_text=_("Only where you chose a new post: how it should be called."),
    )
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("With this address the person signs in later.")
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)

    def __init__(
        self,
        data: object = None,
        *,
        posts: list[OfferedPost],
        may_make: bool,
        reader_language: str,
        **more: object,
    ) -> None:
        super().__init__(data, **more)  # type: ignore[arg-type]  # handed on as Django takes them
        choices = [(str(post.id), name_in(post.titles, reader_language)) for post in posts]
        if may_make:
            choices += [
                (NEW_DEPUTY, str(_("A new post of a deputy"))),
                (NEW_CONTRIBUTOR, str(_("A new post of a contributor"))),
            ]
        self.fields["post"].choices = choices  # type: ignore[attr-defined]  # it is a ChoiceField
        self.fields["language"].initial = reader_language

    def clean(self) -> dict[str, object]:
        """A new post needs a title."""
        cleaned = super().clean() or {}
        if str(cleaned.get("post", "")).startswith("new:") and not str(cleaned.get("title", "")).strip():
            self.add_error("title", _("Say how the new post should be called."))
        return cleaned


class CodeForm(forms.Form):
    """The code of an invitation, typed from paper."""

    code = forms.CharField(
        label=_("Code of your invitation"),
        max_length=60,
        help_text=_("Six groups of four letters and figures; capitals and hyphens make no difference."),
    )


class AcceptanceForm(forms.Form):
    """What somebody brings to a new account."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        help_text=_("As the others in the network should read it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("A password"),
        strip=False,
        help_text=_("At least 12 characters. Several words in a row are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    language = forms.ChoiceField(label=_("Your language"), choices=settings.LANGUAGES)

    def clean_password(self) -> str:
        """Long enough, and not among the common ones."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """A passkey, which by default signs in by itself."""

    name = forms.CharField(
        label=_("A name for it"),
        max_length=60,
        required=False,
        help_text=_("So that you can tell it from others later: “my phone”, “key in the safe”."),
    )
    passwordless = forms.BooleanField(
        label=_("Let it sign me in without my password"), required=False, initial=True
    )

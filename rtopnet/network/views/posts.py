"""Making, keeping and retiring posts, and how they are reached."""

from collections.abc import Iterable
from datetime import time
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from rtopnet.network.public import (
    Contact,
    OfficeDay,
    PostMaking,
    PostView,
    account_of,
    create_post,
    duties_of,
    keep_contact,
    languages_offered,
    post_in_sight,
    post_makings,
    retire_post,
    set_contributor_powers,
    zones_of,
)
from rtopnet.network.views.offering import offer

DAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)


def _time_field(label: str) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M")
    widget.input_type = "time"
    return forms.TimeField(label=label, required=False, widget=widget)


class ContactForm(forms.Form):
    """How a post is reached, in office hours and outside them."""

    phone = forms.CharField(label=_("Telephone"), required=False, max_length=120)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=200)
    messenger = forms.CharField(
        label=_("Secure messenger"),
        help_text=_("Which one, and under which name or number."),
        required=False,
        max_length=200,
    )
    phone_out_of_hours = forms.CharField(label=_("Telephone"), required=False, max_length=120)
    email_out_of_hours = forms.EmailField(label=_("E-mail"), required=False, max_length=200)
    messenger_out_of_hours = forms.CharField(label=_("Secure messenger"), required=False, max_length=200)
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"), required=False, widget=forms.CheckboxSelectMultiple
    )
    time_zone = forms.ChoiceField(label=_("Time zone"))
    note = forms.CharField(
        label=_("Anything else that helps to reach the post"),
        help_text=_("Every member of the network can read this."),
        widget=forms.Textarea,
        required=False,
        max_length=1000,
    )

    def __init__(
        self, *args: Any, zones: Iterable[str], languages: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "time_zone", [(zone, zone.replace("_", " ")) for zone in zones])
        offer(self, "languages", languages)
        for number, day in enumerate(DAYS):
            self.fields[f"opens_{number}"] = _time_field(say("%(day)s from") % {"day": day})
            self.fields[f"closes_{number}"] = _time_field(say("%(day)s until") % {"day": day})

    def week_rows(self) -> list[tuple[Any, tuple[forms.BoundField, forms.BoundField]]]:
        """Each day's name with its two fields."""
        return [(day, (self[f"opens_{number}"], self[f"closes_{number}"])) for number, day in enumerate(DAYS)]

    def clean(self) -> dict[str, Any]:
        """A day has both hours or none."""
        cleaned = super().clean() or {}
        for number in range(len(DAYS)):
            opens, closes = (cleaned.get(f"{side}_{number}") for side in ("opens", "closes"))
            if (opens is None) != (closes is None):
                missing = f"{'opens' if opens is None else 'closes'}_{number}"
                if missing not in self.errors:
                    self.add_error(missing, say("Give both hours of a day, or none."))
        return cleaned

    def contact(self) -> Contact:
        """What was typed, as the network keeps it."""
        kept = {
            name: value
            for name, value in self.cleaned_data.items()
            if not name.startswith(("opens_", "closes_", "languages"))
        }
        return Contact(
            week=tuple(self._day(number) for number in range(len(DAYS))),
            languages=tuple(self.cleaned_data["languages"]),
            **kept,
        )

    def _day(self, number: int) -> OfficeDay | None:
        opens, closes = (self.cleaned_data[f"{side}_{number}"] for side in ("opens", "closes"))
        return OfficeDay(opens, closes) if isinstance(opens, time) else None


class PostForm(forms.Form):
    """A new post."""

    making = forms.ChoiceField(label=_("What kind of post"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Title"), help_text=_("As the network will see it in the directory."), max_length=120
    )
    reads_space = forms.BooleanField(
        label=_("A contributor reads in the state's space"), required=False, initial=True
    )
    drafts = forms.BooleanField(label=_("A contributor writes there"), required=False, initial=True)

    def __init__(self, *args: Any, makings: list[PostMaking], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "making", [(making.key, making.title) for making in makings])
        if len(makings) == 1:
            self.fields["making"].initial = makings[0].key


@require_http_methods(["GET", "POST"])
@login_required
def contact(request: HttpRequest, post: UUID) -> HttpResponse:
    """How is this post reached? Saving it confirms it."""
    language = get_language() or "en"
    found = _in_my_hand(request, post)
    form = ContactForm(
        request.POST or None,
        initial=_as_typed(found),
        zones=zones_of(post),
        languages=languages_offered(language),
    )
    if request.method == "POST" and form.is_valid():
        keep_contact(by=account_of(request).pk, post=post, contact=form.contact())
        messages.success(request, say("Kept. The network sees it in the directory."))
        return redirect("network_post", post=post)
    return render(request, "network/contact.html", {"post": found, "form": form})


@require_http_methods(["GET", "POST"])
@login_required
def new_post(request: HttpRequest) -> HttpResponse:
    """Make a post of one's own state or institution."""
    account, language = account_of(request), get_language() or "en"
    makings = post_makings(account, language)
    if not makings:
        raise Http404
    form = PostForm(request.POST or None, makings=makings)
    if request.method == "POST" and form.is_valid():
        making = next(each for each in makings if each.key == form.cleaned_data["making"])
        made = create_post(
            by=account.pk,
            kind=making.kind,
            titles={language: form.cleaned_data["title"]},
            state=making.state,
            institution=making.institution,
            reads_space=form.cleaned_data["reads_space"],
            drafts=form.cleaned_data["drafts"],
        )
        messages.success(request, say("The post is made. Nobody holds it yet."))
        return redirect("network_post", post=made)
    has_contributor = any(making.is_contributor for making in makings)
    return render(request, "network/post_new.html", {"form": form, "has_contributor": has_contributor})


@require_POST
@login_required
def powers(request: HttpRequest, post: UUID) -> HttpResponse:
    """Set what a contributor may do."""
    found = _in_my_hand(request, post)
    if not (found.of_my_desk and found.is_contributor):
        raise Http404
    set_contributor_powers(
        by=account_of(request).pk,
        post=post,
        reads_space="reads_space" in request.POST,
        drafts="drafts" in request.POST,
    )
    messages.success(request, say("Kept; it holds from now on."))
    return redirect("network_post", post=post)


@require_http_methods(["GET", "POST"])
@login_required
def retire(request: HttpRequest, post: UUID) -> HttpResponse:
    """End a post for good, after a look at what hangs on it."""
    found = _in_my_hand(request, post)
    if not found.can_be_retired:
        raise Http404
    if request.method == "POST":
        retire_post(by=account_of(request).pk, post=post)
        messages.success(request, say("The post “%(post)s” is retired.") % {"post": found.title})
        return redirect("home" if found.is_mine else "network_directory")
    return render(request, "network/retire.html", {"post": found, "duties": duties_of(post)})


def _in_my_hand(request: HttpRequest, post: UUID) -> PostView:
    found = post_in_sight(account_of(request), post, get_language() or "en")
    if found is None or not found.in_my_hand:
        raise Http404
    return found


def _as_typed(post: PostView) -> dict[str, Any]:
    names = ("phone", "email", "messenger", "note")
    late = ("phone_out_of_hours", "email_out_of_hours", "messenger_out_of_hours")
    typed: dict[str, Any] = {name: getattr(post, name) for name in (*names, *late)}
    typed |= {"time_zone": post.zone, "languages": [spoken.code for spoken in post.languages]}
    for number, day in enumerate(post.week):
        if day:
            typed |= {f"opens_{number}": day.opens, f"closes_{number}": day.closes}
    return typed

"""Forms of users: one page makes an account, whoever is given a password by another changes it at the first sign-in, and the
second factor is the owner's affair."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    PasswordChangeForm,
    SetPasswordMixin,
    UserChangeForm,
    UserCreationForm,
)
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from core.access.roles import all_roles
from seoul_digital.lib.hangul import postposition
from seoul_digital.lib.sealed import UnreadableError

from ..models import User
from ..models.second_factors import RECOVERY_LENGTH, key_seal, matching_step, new_key
from .locks import count_failure
from .second_factor import signed_in_just_now

FOR_ONCE = "처음 한 번만 쓰는 비밀번호입니다. 본인이 로그인하면 바로 새 비밀번호를 정하게 됩니다."


class FirstPasswordMixin(SetPasswordMixin):
    def set_password_and_save(self, user: User, *args: Any, **kwargs: Any) -> User:
        user.must_change_password = True
        return super().set_password_and_save(user, *args, **kwargs)


class BureauOfRoleMixin:
    def clean(self) -> Any:
        """A role that is bound to a bureau needs one, else it would reach nothing."""
        cleaned = super().clean() or self.cleaned_data  # type: ignore[misc, attr-defined]
        bound = [
            group.name
            for group in cleaned.get("groups", ())
            if group.name in all_roles() and all_roles()[group.name].own_bureau_only
        ]
        if bound and not (cleaned.get("department") or cleaned.get("is_city_wide")):
            roles = "과 ".join(bound)
            topic = postposition(roles, ("은", "는"))
            sentence = (
                f"{roles}{topic} 한 국·정책관의 일을 합니다. 소속 부서를 고르거나 ‘서울시 전체’를 켜 주세요."
            )
            self.add_error("department", sentence)  # type: ignore[attr-defined]
        return cleaned


class NewUserForm(BureauOfRoleMixin, FirstPasswordMixin, UserCreationForm):
    password1, password2 = SetPasswordMixin.create_password_fields("첫 비밀번호", "첫 비밀번호 확인")

    class Meta(UserCreationForm.Meta):
        model = User
        fields = ("username", "last_name", "first_name", "email", "department", "groups", "is_city_wide")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = password_validation.password_validators_help_text_html()
        self.fields["password1"].help_text = f"{FOR_ONCE}{rules}"


class GivenPasswordForm(FirstPasswordMixin, AdminPasswordChangeForm):
    """A new password by an administrator, as after one was forgotten. An account that shall rest is made inactive instead."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)


class StaffUserForm(BureauOfRoleMixin, UserChangeForm):
    class Meta(UserChangeForm.Meta):
        model = User


class OwnPasswordForm(PasswordChangeForm):
    """A new password by the user."""

    def set_password_and_save(self, user: User, *args: Any, **kwargs: Any) -> User:
        """Hashed before the database is held; saved with the hashes of before, or not at all."""
        user.must_change_password = False
        super().set_password_and_save(user, *args, **kwargs | {"commit": False})
        with transaction.atomic():
            user.save()
        return user


class OwnerForm(forms.Form):
    """What is done to one's second factor, with the password again where the sign-in was some time ago."""

    password = forms.CharField(
        label="지금 비밀번호",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        super().__init__(*args)
        self.request = request
        if signed_in_just_now(request):
            del self.fields["password"]

    def clean_password(self) -> None:
        if not self.request.user.check_password(self.cleaned_data["password"]):
            count_failure(self.request)
            raise ValidationError("비밀번호가 맞지 않습니다.")


class CodeForm(forms.Form):
    code = forms.CharField(label="인증 코드 여섯 자리", max_length=RECOVERY_LENGTH * 2)


class EnrolForm(OwnerForm):
    """The first code of an app. The key that it was given is nowhere but in the form, sealed, until the code is right."""

    LONGEST = 3600  # seconds that the page may stay open

    code = forms.CharField(label="앱에 나온 숫자 여섯 자리", max_length=20)
    sealed = forms.CharField(widget=forms.HiddenInput, max_length=500)

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        super().__init__(request, *args)
        self.order_fields(["code", "password", "sealed"])
        self.key, self.step = new_key(), -1

    def sealed_key(self) -> str:
        return key_seal().seal(f"{self.request.user.pk} {self.key}")

    def clean_sealed(self) -> None:
        try:
            owner, key = key_seal().open(self.cleaned_data["sealed"], self.LONGEST).split()
        except UnreadableError:
            owner = key = ""
        if owner != str(self.request.user.pk):
            raise ValidationError(
                "화면을 연 지 오래되어 QR 코드를 새로 만들었습니다. 앱에 다시 등록해 주세요."
            )
        self.key = key

    def clean(self) -> Any:
        if "sealed" in self.cleaned_data and "code" in self.cleaned_data:
            code = "".join(self.cleaned_data["code"].split())
            step = matching_step(self.key, code)
            if step is None:
                self.add_error(
                    "code",
                    "숫자가 맞지 않습니다. 앱에 지금 나와 있는 여섯 자리를 적어 주세요. 휴대전화의 시계가 맞는지도 보아 주세요.",
                )
            else:
                self.step = step
        return super().clean()

/* Shows what needs passkeys where the browser has them, and says in plain words what went wrong with one. */
(function () {
  'use strict'

  const sentences = {
    NotAllowedError: 'No passkey was used: it was cancelled, took too long, or there is none for this account here.',
    InvalidStateError: 'This device already holds a passkey for your account.',
    SecurityError: 'Passkeys do not work at this address. Open the site under its name; on your own computer that is localhost, not a number.'
  }

  function show (attribute, visible) {
    document.querySelectorAll('[' + attribute + ']').forEach(function (element) { element.hidden = !visible })
  }

  document.addEventListener('DOMContentLoaded', function () {
    const offered = Boolean(window.PublicKeyCredential && navigator.credentials)
    show('data-with-passkeys', offered)
    show('data-without-passkeys', !offered)
    // The return key in a field means the button: there is nothing to send before the passkey has answered.
    document.querySelectorAll('form[data-with-passkeys]').forEach(function (form) {
      form.addEventListener('submit', function (event) {
        event.preventDefault()
        form.querySelector('button').click()
      })
    })
  })

  document.addEventListener('allauth.error', function (event) {
    event.preventDefault()
    const problem = document.querySelector('[data-passkey-problem]')
    problem.textContent = sentences[event.detail.exception.name] || 'The passkey could not be used. Try again, or use another way.'
    problem.hidden = false
  })
})()

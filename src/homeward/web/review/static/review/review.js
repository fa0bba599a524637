/* Moves between the drafts of a review by keys, and marks the current one in the text too. */
(function () {
  'use strict'

  document.addEventListener('DOMContentLoaded', function () {
    const review = document.querySelector('.review')
    const drafts = Array.from(document.querySelectorAll('.draft'))
    if (!review || drafts.length === 0) return
    review.classList.add('has-keys')
    let current = Math.max(0, drafts.findIndex(function (draft) { return draft.dataset.number === review.dataset.current }))

    function piecesOf (draft) {
      return Array.from(review.querySelectorAll('[data-drafts]')).filter(function (piece) {
        return piece.dataset.drafts.split(' ').includes(draft.dataset.number)
      })
    }

    function bringIntoView (piece) {
      const text = review.querySelector('.document-text')
      if (text.scrollHeight > text.clientHeight) {
        const place = piece.getBoundingClientRect().top - text.getBoundingClientRect().top
        text.scrollTop += place - text.clientHeight / 3
      }
    }

    function nextPassage () {
      const marks = Array.from(review.querySelectorAll('.document-text .cited-by')).filter(function (mark) {
        return mark.getAttribute('href') === '#' + drafts[current].id
      })
      if (marks.length === 0) return
      const before = marks.findIndex(function (mark) { return mark.classList.contains('is-here') })
      const mark = marks[(before + 1) % marks.length]
      marks.forEach(function (one) { one.classList.toggle('is-here', one === mark) })
      mark.scrollIntoView({ block: 'nearest' })
      bringIntoView(mark)
    }

    function show (index, focus) {
      current = Math.min(Math.max(index, 0), drafts.length - 1)
      drafts.forEach(function (draft, number) {
        draft.classList.toggle('is-current', number === current)
        if (number === current) draft.setAttribute('aria-current', 'true')
        else draft.removeAttribute('aria-current')
      })
      review.querySelectorAll('.cited.is-current').forEach(function (piece) { piece.classList.remove('is-current') })
      const pieces = piecesOf(drafts[current])
      pieces.forEach(function (piece) { piece.classList.add('is-current') })
      if (pieces.length) bringIntoView(pieces[0])
      review.querySelectorAll('.cited-by.is-here').forEach(function (mark) { mark.classList.remove('is-here') })
      if (focus) drafts[current].focus()
    }

    function press (key) {
      const target = drafts[current].querySelector('[data-key="' + key + '"]')
      if (!target) return
      target.click()
      const reason = drafts[current].querySelector('.rejecting[open] input[name="why"]')
      if (key === 'r' && reason) reason.focus()
    }

    document.addEventListener('keydown', function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat && event.key !== 'j' && event.key !== 'k') return
      if (event.key === 'Escape' && event.target.closest('.rejecting')) {
        event.target.closest('.rejecting').open = false
        drafts[current].focus()
        return
      }
      if (event.target.closest('input, textarea, select')) return
      if (event.key === 'j') show(current + 1, true)
      else if (event.key === 'k') show(current - 1, true)
      else if (event.key === '?') document.getElementById('review-keys').toggleAttribute('open')
      else if (event.key === 'p') nextPassage()
      else if ('aelru'.includes(event.key)) press(event.key)
      else return
      event.preventDefault()
    })
    drafts.forEach(function (draft, number) {
      draft.addEventListener('focusin', function () { if (number !== current) show(number, false) })
    })
    document.addEventListener('click', function (event) {
      const link = event.target.closest('a[href^="#draft-"]')
      const index = link ? drafts.findIndex(function (draft) { return '#' + draft.id === link.getAttribute('href') }) : -1
      if (index < 0) return
      event.preventDefault()
      show(index, true)
    })
    show(current, Boolean(window.location.search))
  })
})()
